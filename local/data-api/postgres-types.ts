/** How a type's text form becomes a Data API field. */
export type Kind =
  | 'bool'
  | 'bit'
  | 'long'
  | 'double'
  | 'decimal'
  | 'text'
  | 'json'
  | 'bytes'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'void';

/** A PostgreSQL type the Data API returns: its `pg_type` name, its `java.sql.Types` code, its form. */
export interface SupportedType {
  name: string;
  jdbc: number;
  kind: Kind;
  /** For arrays: `kind` is the elements' and this their JDBC code. */
  element?: number;
}

const JDBC_ARRAY = 2003;
export const JDBC_OTHER = 1111;
export const JDBC_VARCHAR = 12;

/** oid, array oid (0: arrays of it are not returned), name, JDBC code, form. */
const SCALARS: readonly (readonly [number, number, string, number, Kind])[] = [
  [16, 1000, 'bool', -7, 'bool'],
  [17, 0, 'bytea', -2, 'bytes'],
  [19, 1003, 'name', 12, 'text'],
  [20, 1016, 'int8', -5, 'long'],
  [21, 1005, 'int2', 5, 'long'],
  [23, 1007, 'int4', 4, 'long'],
  [25, 1009, 'text', 12, 'text'],
  [26, 1028, 'oid', -5, 'long'],
  [114, 199, 'json', 1111, 'json'],
  [650, 0, 'cidr', 1111, 'text'],
  [700, 1021, 'float4', 7, 'double'],
  [701, 1022, 'float8', 8, 'double'],
  [869, 0, 'inet', 1111, 'text'],
  [1042, 1014, 'bpchar', 1, 'text'],
  [1043, 1015, 'varchar', 12, 'text'],
  [1082, 1182, 'date', 91, 'date'],
  [1083, 1183, 'time', 92, 'time'],
  [1114, 1115, 'timestamp', 93, 'timestamp'],
  [1184, 1185, 'timestamptz', 93, 'timestamptz'],
  [1700, 1231, 'numeric', 2, 'decimal'],
  [2278, 0, 'void', 1111, 'void'],
  [2950, 2951, 'uuid', 1111, 'text'],
  [3802, 3807, 'jsonb', 1111, 'json'],
  [3904, 0, 'int4range', 1111, 'text'],
  [3906, 0, 'numrange', 1111, 'text'],
];

/** Every built-in type the Data API returns, by oid (User Guide, "Data API operations", and what Aurora was seen to do). */
export const SUPPORTED: ReadonlyMap<number, SupportedType> = new Map(
  SCALARS.flatMap(([oid, arrayOid, name, jdbc, kind]): [number, SupportedType][] => {
    const scalar: [number, SupportedType] = [oid, { name, jdbc, kind }];
    if (arrayOid === 0) return [scalar];
    return [scalar, [arrayOid, { name: `_${name}`, jdbc: JDBC_ARRAY, kind, element: jdbc }]];
  }).concat([[1561, { name: '_bit', jdbc: JDBC_ARRAY, kind: 'bit', element: -7 }]]),
);

/** Names Aurora gives the built-in types it refuses; any other refused type goes by its `pg_type` name. */
export const REFUSED: ReadonlyMap<number, string> = new Map([
  [18, '"CHAR"'],
  [600, 'POINT'],
  [601, 'LSEG'],
  [602, 'PATH'],
  [603, 'BOX'],
  [604, 'POLYGON'],
  [628, 'LINE'],
  [718, 'CIRCLE'],
  [774, 'MACADDR8'],
  [790, 'MONEY'],
  [829, 'MACADDR'],
  [1186, 'INTERVAL'],
  [1266, 'TIMETZ'],
  [1560, 'BIT'],
  [1562, 'VARBIT'],
  [2249, 'RECORD'],
  [3908, 'TSRANGE'],
  [3910, 'TSTZRANGE'],
  [3912, 'DATERANGE'],
  [3926, 'INT8RANGE'],
  [4072, 'JSONPATH'],
  [651, 'CIDR[]'],
  [719, 'CIRCLE[]'],
  [775, 'MACADDR8[]'],
  [791, 'MONEY[]'],
  [1001, 'BYTEA[]'],
  [1002, '"CHAR"[]'],
  [1017, 'POINT[]'],
  [1018, 'LSEG[]'],
  [1019, 'PATH[]'],
  [1020, 'BOX[]'],
  [1027, 'POLYGON[]'],
  [1040, 'MACADDR[]'],
  [1041, 'INET[]'],
  [1187, 'INTERVAL[]'],
  [1270, 'TIMETZ[]'],
  [1563, 'VARBIT[]'],
]);

import { JDBC_OTHER } from './postgres-types.ts';
import type { ResultColumn } from './result-types.ts';
import type { Session } from './sessions.ts';

/** ColumnMetadata, in the meaning of `java.sql.ResultSetMetaData`, from which the service took it. */
export interface ColumnMetadata {
  arrayBaseColumnType: number;
  isAutoIncrement: boolean;
  isCaseSensitive: boolean;
  isCurrency: boolean;
  isSigned: boolean;
  label: string;
  name: string;
  /** 0: never null, 1: may be null, 2: not a table's column. */
  nullable: number;
  precision: number;
  scale: number;
  schemaName: string;
  tableName: string;
  type: number;
  typeName: string;
}

interface TableColumn {
  table: string;
  notNull: boolean;
  autoIncrement: boolean;
}

/** Describes a result's columns; those that come from tables cost one look at the catalog. */
export async function columnMetadata(columns: readonly ResultColumn[], session: Session): Promise<ColumnMetadata[]> {
  const tables = columns.some(({ column }) => column.tableID !== 0) ? await lookUp(columns, session) : new Map();
  return columns.map(each => describe(each, tables.get(`${each.column.tableID}.${each.column.columnID}`)));
}

const COLUMN_FACTS = `
  select a.attrelid, a.attnum, c.relname, a.attnotnull,
         a.attidentity <> '' or coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid) like '%nextval(%', false)
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = any ($1::oid[]) and a.attnum > 0`;

async function lookUp(columns: readonly ResultColumn[], session: Session): Promise<Map<string, TableColumn>> {
  const tables = new Set(columns.map(({ column }) => column.tableID).filter(oid => oid !== 0));
  const { rows } = await session.run(COLUMN_FACTS, [[{ oid: 0, value: `{${[...tables].join()}}` }]]);
  return new Map(
    rows.map(([table, number, name, notNull, autoIncrement]) => [
      `${table}.${number}`,
      { table: name ?? '', notNull: notNull === 't', autoIncrement: autoIncrement === 't' },
    ]),
  );
}

const SERIAL_NAMES: Record<string, string> = { int2: 'smallserial', int4: 'serial', int8: 'bigserial' };
const SIGNED = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);
const CASELESS = new Set([...SIGNED, 'oid', 'bool', 'date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval']);

function describe({ column, name, type }: ResultColumn, origin: TableColumn | undefined): ColumnMetadata {
  const serial = origin?.autoIncrement ? SERIAL_NAMES[name] : undefined;
  return {
    arrayBaseColumnType: type?.element ?? 0,
    isAutoIncrement: origin?.autoIncrement ?? false,
    isCaseSensitive: !CASELESS.has(name),
    isCurrency: name === 'MONEY',
    isSigned: SIGNED.has(name),
    label: column.name,
    name: column.name,
    nullable: origin ? Number(!origin.notNull) : 2,
    ...extent(name, column.dataTypeModifier),
    schemaName: '',
    tableName: origin?.table ?? '',
    type: type?.jdbc ?? JDBC_OTHER,
    typeName: serial ?? name,
  };
}

const UNBOUNDED = 2_147_483_647;
const NUMBER_DIGITS: Record<string, [number, number]> = {
  bool: [1, 0],
  int2: [5, 0],
  int4: [10, 0],
  int8: [19, 0],
  oid: [10, 0],
  float4: [8, 8],
  float8: [17, 17],
  date: [13, 0],
};

/** Precision and scale: digits of numbers, width of text and times. A type modifier holds what the column declared. */
function extent(name: string, modifier: number): { precision: number; scale: number } {
  const fixed = NUMBER_DIGITS[name];
  if (fixed) return { precision: fixed[0], scale: fixed[1] };
  const declared = modifier >= 0;
  switch (name) {
    case 'numeric':
      if (!declared) return { precision: 0, scale: 0 };
      return { precision: ((modifier - 4) >> 16) & 0xffff, scale: (modifier - 4) & 0x7ff };
    case 'varchar':
    case 'bpchar':
      return { precision: declared ? modifier - 4 : UNBOUNDED, scale: 0 };
    case 'time':
      return { precision: 15, scale: declared ? modifier : 6 };
    case 'timestamp':
      return { precision: 29, scale: declared ? modifier : 6 };
    case 'timestamptz':
      return { precision: 35, scale: declared ? modifier : 6 };
    default:
      return { precision: UNBOUNDED, scale: 0 };
  }
}

import { unsupportedResult } from './errors.ts';
import { JDBC_OTHER, JDBC_VARCHAR, REFUSED, SUPPORTED, type SupportedType } from './postgres-types.ts';
import type { Session } from './sessions.ts';
import type { Column } from './statement.ts';

/** Oids below this are PostgreSQL's own. */
const FIRST_USER_OID = 16_384;

/** What each column is, in order; a type the Data API does not return has no `type`, only the name it is refused by. */
export interface ResultColumn {
  column: Column;
  name: string;
  type: SupportedType | undefined;
}

/** Finds the columns' types. Only types that are not PostgreSQL's own, and refused ones, cost a look at `pg_type`. */
export async function describeColumns(columns: readonly Column[], session: Session): Promise<ResultColumn[]> {
  const unknown = columns.map(column => column.dataTypeID).filter(oid => !SUPPORTED.has(oid) && !REFUSED.has(oid));
  const named = unknown.length === 0 ? new Map() : await lookUp([...new Set(unknown)], session);
  return columns.map(column => {
    const oid = column.dataTypeID;
    const type = SUPPORTED.get(oid) ?? named.get(oid)?.type;
    return { column, type, name: type?.name ?? REFUSED.get(oid) ?? named.get(oid)?.name ?? String(oid) };
  });
}

/** The types of a result's columns, all of which the Data API returns; `UnsupportedResultException` where one is not. */
export function supportedTypes(columns: readonly ResultColumn[]): SupportedType[] {
  return columns.map(({ type, name }) => {
    if (!type) throw unsupportedResult(`The result contains the unsupported data type ${name}.`);
    return type;
  });
}

async function lookUp(
  oids: number[],
  session: Session,
): Promise<Map<number, { name: string; type: SupportedType | undefined }>> {
  const sql = 'select oid, typname, typtype::text from pg_catalog.pg_type where oid = any ($1::oid[])';
  const { rows } = await session.run(sql, [[{ oid: 0, value: `{${oids.join()}}` }]]);
  return new Map(rows.map(([oid, name, kind]) => [Number(oid), userType(Number(oid), name ?? '', kind ?? '')]));
}

/** Enumerations and pgvector's vectors are returned as strings; every other type of the user's own is refused. */
function userType(oid: number, name: string, kind: string): { name: string; type: SupportedType | undefined } {
  if (kind === 'e') return { name, type: { name, jdbc: JDBC_VARCHAR, kind: 'text' } };
  if (oid >= FIRST_USER_OID && name === 'vector') return { name, type: { name, jdbc: JDBC_OTHER, kind: 'text' } };
  return { name, type: undefined };
}

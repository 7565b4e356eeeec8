/** One part of the dump; it is left out where the database has nothing of the kind. */
export interface Section {
  title: string;
  /** A query whose rows are the part's statements, in order, in a column `statement`. */
  sql: string;
}

/** A condition on pg_namespace rows `n`: the schemas that are not PostgreSQL's own. */
export const notOfTheSystem = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** A condition: the object of a catalog row did not come with an extension. */
export function notOfAnExtension(catalog: string, oid: string): string {
  return `not exists (select from pg_depend d
    where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;
}

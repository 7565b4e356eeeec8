import type { TestDatabase } from './postgres.ts';

/** Runs a statement as a superuser whom no trigger stops. */
export async function tamper(
  { database }: { database: TestDatabase },
  statement: string,
  values: unknown[] = [],
): Promise<void> {
  const session = await database.pool.connect();
  try {
    await session.query('set session_replication_role = replica');
    await session.query(statement, values);
  } finally {
    await session.query('reset session_replication_role');
    session.release();
  }
}

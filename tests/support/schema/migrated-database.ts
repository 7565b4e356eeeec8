import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../../local/postgres/start-postgres.ts';
import { migrateTemplate } from '../migrate.ts';

/** Calls `use` with the superuser's URL of a new database with the bank's schema, on a PostgreSQL of its own; both are gone after. */
export async function withMigratedDatabase<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'countinghouse-schema-'));
  try {
    const postgres = await startPostgres({ directory: join(directory, 'postgres'), durable: false, temporary: true });
    try {
      await migrateTemplate(postgres.url);
      return await use(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

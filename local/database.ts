import { join } from 'node:path';
import { Client } from 'pg';
import { CommandError } from './command-error.ts';
import { startPostgres } from './postgres/start-postgres.ts';

/** The database that the bank runs on, and how to let go of it. */
export interface BankDatabase {
  url: string;
  stop(): Promise<void>;
}

/** The bank's database: the one that DATABASE_URL names, or `bank` on an embedded PostgreSQL under the bank's folder. */
export async function openDatabase(home: string, progress: (line: string) => void): Promise<BankDatabase> {
  const given = process.env.DATABASE_URL;
  if (given) {
    await checkDatabase(given);
    return { url: given, stop: async () => {} };
  }
  const postgres = await startPostgres({ directory: join(home, 'postgres'), progress });
  const url = new URL(postgres.url);
  url.pathname = '/bank';
  await ensureDatabase(postgres.url, 'bank');
  return { url: url.href, stop: () => postgres.stop() };
}

async function checkDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw new CommandError(
      `DATABASE_URL does not lead to a PostgreSQL that lets us in (${(error as Error).message}): mend it, or unset it to use the embedded one.`,
    );
  } finally {
    await client.end();
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`create database ${name}`);
    }
  } finally {
    await client.end();
  }
}

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, Pool } from 'pg';
import { inject } from 'vitest';

/** A database of one test file's own, on the PostgreSQL that the run shares. */
export interface TestDatabase {
  name: string;
  /** The superuser's URL of this database. */
  url: string;
  /** Made at the first use; 10 connections at most. */
  readonly pool: Pool;
  /** Closes the pool, cuts every other session and removes the database. May be called twice. */
  drop(): Promise<void>;
}

/** An empty database with a name of its own. Call its drop() when done. */
export async function freshDatabase(): Promise<TestDatabase> {
  return createDatabase('template0');
}

/** A database with the bank's schema, migrated and empty, with a name of its own. Call its drop() when done. */
export async function bankDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('templateDatabase'));
}

/** What the shared server has logged since `mark` (a length of an earlier answer; 0 for everything). */
export async function postgresLog(mark = 0): Promise<string> {
  const file = inject('postgresLogFile');
  return (file === undefined ? await logOfTheServer() : await readFile(file, 'utf8')).slice(mark);
}

/** The log of a server that keeps it itself, as one does with `logging_collector` on. */
async function logOfTheServer(): Promise<string> {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    const { rows } = await client.query('select pg_read_file(pg_current_logfile()) as log');
    return String(rows[0].log);
  } finally {
    await client.end();
  }
}

/** The deadlocks that the server logged in the database, whoever caught them: one log line each. */
export async function deadlocksLogged(database: Pick<TestDatabase, 'name'>): Promise<string[]> {
  const lines = (await postgresLog()).split('\n');
  return lines.filter(line => line.includes(` ${database.name} `) && line.includes('deadlock detected'));
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  // Copying the files takes two thirds of what writing all their pages anew does.
  await onServer(`create database ${name} template ${template} strategy file_copy`);
  const address = new URL(inject('postgresUrl'));
  address.pathname = `/${name}`;
  const url = address.href;
  let pool: Pool | undefined;
  return {
    name,
    url,
    get pool() {
      pool ??= openPool(url);
      return pool;
    },
    async drop() {
      const open = pool;
      pool = undefined;
      await open?.end();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}

function openPool(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: 10 });
  // An idle session that the server cuts is no failure of the test that cut it.
  pool.on('error', () => undefined);
  return pool;
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

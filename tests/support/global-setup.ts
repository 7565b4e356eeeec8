import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../local/postgres/start-postgres.ts';
import { migrateTemplate } from './migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of the PostgreSQL that all test files share. */
    postgresUrl: string;
    postgresLogFile: string;
    /** A folder for what the files of a run share; removed at its end. */
    runDirectory: string;
    /** The migrated database that bankDatabase() clones; nobody connects to it. */
    templateDatabase: string;
  }
}

const TEMPLATE = 'bank_template';

/** Starts one PostgreSQL for the run, with the bank's schema in a template database; its return value ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'countinghouse-tests-'));
  const postgres = await startPostgres({ directory: join(directory, 'postgres'), durable: false, temporary: true });
  await makeTemplate(postgres.url);
  project.provide('postgresUrl', postgres.url);
  project.provide('postgresLogFile', postgres.logFile);
  project.provide('templateDatabase', TEMPLATE);
  project.provide('runDirectory', directory);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function makeTemplate(url: string): Promise<void> {
  const server = new Client({ connectionString: url });
  await server.connect();
  try {
    await server.query(`create database ${TEMPLATE}`);
    const template = new URL(url);
    template.pathname = `/${TEMPLATE}`;
    await migrateTemplate(template.href);
    // A template with a session in it can't be cloned.
    await server.query(`alter database ${TEMPLATE} with allow_connections false is_template true`);
  } finally {
    await server.end();
  }
}

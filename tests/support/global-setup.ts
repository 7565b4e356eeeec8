import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../local/postgres/start-postgres.ts';
import { migrateTemplate } from './migrate.ts';
import { makeScratchFolder } from './scratch-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of the PostgreSQL that all test files share. */
    postgresUrl: string;
    /** Its log; undefined when DATABASE_URL names the server, which then tells of its log itself. */
    postgresLogFile: string | undefined;
    /** A folder for what the files of a run share, and for all that they write; removed at its end. */
    runDirectory: string;
    /** The migrated database that bankDatabase() clones; nobody connects to it. */
    templateDatabase: string;
  }
}

/**
 * Starts one PostgreSQL for the run, or takes the one that DATABASE_URL names as its superuser, with the bank's schema in a
 * template database; its return value ends what was started and removes the template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await makeScratchFolder();
  // Whatever a test or a program that it runs makes in the folder for temporary files.
  process.env.TMPDIR = directory;
  // Many a program is run dozens of times: what Node made of its source the first time is there the next.
  process.env.NODE_COMPILE_CACHE = join(directory, 'compile-cache');
  const given = process.env.DATABASE_URL;
  const postgres = given
    ? { url: given, logFile: undefined, stop: async () => {} }
    : await startPostgres({ directory: join(directory, 'postgres'), durable: false, temporary: true });
  const template = `bank_template_${randomBytes(4).toString('hex')}`;
  await makeTemplate(postgres.url, template);
  project.provide('postgresUrl', postgres.url);
  project.provide('postgresLogFile', postgres.logFile);
  project.provide('templateDatabase', template);
  project.provide('runDirectory', directory);
  return async () => {
    await removeTemplate(postgres.url, template);
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function makeTemplate(url: string, template: string): Promise<void> {
  await onServer(url, async server => {
    await server.query(`create database ${template}`);
    const migrated = new URL(url);
    migrated.pathname = `/${template}`;
    await migrateTemplate(migrated.href);
    // A template with a session in it can't be cloned.
    await server.query(`alter database ${template} with allow_connections false is_template true`);
  });
}

async function removeTemplate(url: string, template: string): Promise<void> {
  await onServer(url, async server => {
    await server.query(`alter database ${template} with is_template false`);
    await server.query(`drop database ${template}`);
  });
}

async function onServer(url: string, work: (server: Client) => Promise<void>): Promise<void> {
  const server = new Client({ connectionString: url });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

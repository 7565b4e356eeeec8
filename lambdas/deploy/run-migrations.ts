import * as z from 'zod';
import type { Database } from '../adapters/database.ts';
import { bootstrap } from './bootstrap.ts';
import { ensureUser } from './database-users.ts';
import { readScripts } from './migrations.ts';

export interface MigrationPlan {
  database: Database;
  /** The folder `sql` of the repository or of the bundle. */
  folder: string;
  /** The database's users and their passwords: of each login the one that its secret names, itself or its twin. */
  logins: Record<string, string>;
  /** Where the bank's nights are, by its IANA name, until staff choose another; UTC unless told. */
  timeZone?: string;
  progress?(line: string): void;
}

/**
 * Brings a database up to date: makes what is missing, runs the migrations that it has not seen, and puts the functions,
 * views and grants in place if any changed. Two runners at once wait for each other; a second run does nothing.
 *
 * @returns the names of the scripts that were applied.
 * @throws Error naming the script that failed. It changed nothing; those before it stay.
 */
export async function runMigrations({
  database,
  folder,
  logins,
  timeZone = 'UTC',
  progress = () => {},
}: MigrationPlan): Promise<string[]> {
  await named('The bootstrap', database.query({ sql: bootstrap, parameters: {}, answer: z.unknown() }));
  for (const [user, secret] of Object.entries(logins)) {
    await named(`The login ${user}`, ensureUser(database, user, secret));
  }
  const applied: string[] = [];
  for (const { name, checksum, text } of await readScripts(folder)) {
    const repeatable = name === 'programs';
    const query = {
      sql: 'select migration.apply(:name, :checksum, :text, :repeatable)',
      parameters: { name, checksum, text, repeatable },
      answer: z.object({ applied: z.boolean() }),
    };
    const answer = await named(`Migration ${name}`, database.query(query));
    if (answer.applied) {
      applied.push(name);
      progress(`applied ${name}`);
    }
  }
  const sql = 'select bank.set_stage_time_zone(:time_zone)';
  await named(
    `The time zone ${timeZone}`,
    database.query({ sql, parameters: { time_zone: timeZone }, answer: z.unknown() }),
  );
  return applied;
}

async function named<Answer>(what: string, work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    throw new Error(`${what} failed and changed nothing: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

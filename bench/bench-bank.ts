import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Pool } from 'pg';
import { startCloud } from '../local/cloud.ts';
import type { Identity } from '../local/demo/identity.ts';
import { startPostgres } from '../local/postgres/start-postgres.ts';
import type { CleanUp } from './clean-up.ts';

const run = promisify(execFile);

/** A whole bank in a folder of its own, with the route beside it that transfers are measured against. */
export interface BenchBank {
  apiUrl: string;
  selectOneUrl: string;
  identity: Identity;
  /** As the superuser. */
  database: Pool;
  /** The deadlocks that PostgreSQL has logged. */
  deadlocks(): Promise<number>;
}

/**
 * Starts the bank on an embedded PostgreSQL that keeps what it has committed, as the bank's own does.
 *
 * @param cleanUp is given what stops it again, each part as soon as it runs.
 */
export async function startBenchBank(
  folder: string,
  cleanUp: CleanUp,
  progress: (line: string) => void,
): Promise<BenchBank> {
  const assembly = join(folder, 'cdk.out');
  progress('synthesising the CDK app, starting PostgreSQL');
  const starting = startPostgres({ directory: join(folder, 'postgres'), temporary: true }).then(started => {
    cleanUp.add(() => started.stop());
    return started;
  });
  // Waits for both, so that a failure of one leaves nothing of the other behind.
  const [started, synthesised] = await Promise.allSettled([starting, synthesise(assembly)]);
  if (started.status === 'rejected') throw started.reason;
  if (synthesised.status === 'rejected') throw synthesised.reason;
  const { url, logFile } = started.value;
  const databaseUrl = await createDatabase(url);

  progress('starting the local cloud, applying migrations');
  const cloud = await startCloud({ assembly, home: folder, databaseUrl });
  cleanUp.add(() => cloud.close());
  const database = new Pool({ connectionString: databaseUrl, max: 4 });
  cleanUp.add(() => database.end());
  const { UserPoolId = '', UserPoolClientId = '', SelectOneUrl = '' } = cloud.outputs;
  return {
    apiUrl: cloud.apiUrl,
    selectOneUrl: SelectOneUrl,
    identity: {
      endpoint: cloud.endpoints['cognito-identity-provider'] ?? '',
      userPoolId: UserPoolId,
      userPoolClientId: UserPoolClientId,
    },
    database,
    deadlocks: async () => (await readFile(logFile, 'utf8')).split('deadlock detected').length - 1,
  };
}

/** Synthesises the bank, and the route beside it, into a folder. */
export async function synthesise(assembly: string): Promise<void> {
  await run(process.execPath, ['bench/app.ts'], {
    env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' },
  });
}

async function createDatabase(serverUrl: string): Promise<string> {
  const pool = new Pool({ connectionString: serverUrl, max: 1 });
  try {
    await pool.query('create database bank');
  } finally {
    await pool.end();
  }
  const url = new URL(serverUrl);
  url.pathname = '/bank';
  return url.href;
}

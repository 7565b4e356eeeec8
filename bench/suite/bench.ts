import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '../../local/postgres/start-postgres.ts';
import { startBenchBank } from '../bench-bank.ts';
import type { CleanUp } from '../clean-up.ts';
import { fillBank } from '../fill-bank.ts';
import { openFilledBank } from './filled-bank.ts';
import type { SuiteOptions } from './options.ts';
import type { Bench } from './section.ts';

/** Accounts of the filled bank, and of the whole one, whose opening deposits are made one by one. */
const accounts = 10_000;
const httpAccounts = 1_000;

/**
 * Checkpoints come between the measurements and not in them, and so does vacuum: both would fall on either side by chance.
 * Commits are waited for, as the bank's own are.
 */
const settings = { max_wal_size: '16GB', checkpoint_timeout: '1h', autovacuum: 'off' };

/** A bench, and what its server says it is. */
export interface StartedBench extends Bench {
  /** Absent while no section has asked for a server. */
  postgresql(): Promise<string | undefined>;
}

/** Makes what sections measure with. Servers and banks start when they are first asked for; `cleanUp` is given what stops them again. */
export function createBench(
  { seconds, repeats, postings }: Pick<SuiteOptions, 'seconds' | 'repeats' | 'postings'>,
  folder: string,
  cleanUp: CleanUp,
  progress: (line: string) => void,
): StartedBench {
  let started: string | undefined;
  const server = once(async () => {
    started = await startServer(folder, cleanUp, progress);
    return started;
  });
  return {
    seconds,
    repeats,
    accounts,
    postings,
    folder,
    progress,
    server,
    bank: once(async () => {
      progress(`making a bank of ${accounts} accounts`);
      const bank = await openFilledBank(await server(), 'bank', accounts);
      cleanUp.add(() => bank.close());
      return bank;
    }),
    httpBank: once(async () => {
      const bank = await startBenchBank(join(folder, 'http'), cleanUp, progress);
      return { bank, payers: await fillBank(bank, httpAccounts, progress) };
    }),
    postgresql: async () => (started === undefined ? undefined : await versionOf(started)),
  };
}

async function startServer(folder: string, cleanUp: CleanUp, progress: (line: string) => void): Promise<string> {
  progress('starting PostgreSQL');
  const postgres = await startPostgres({ directory: join(folder, 'postgres'), temporary: true, settings });
  cleanUp.add(() => postgres.stop());
  return postgres.url;
}

async function versionOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end();
  }
}

/** Makes something when it is first asked for, and gives the same ever after. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

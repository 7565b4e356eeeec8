import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../local/command-error.ts';
import { startPostgres } from '../local/postgres/start-postgres.ts';
import { createCleanUp } from './clean-up.ts';
import { measureSize } from './interest/measure.ts';
import { type InterestOptions, readOptions, usage } from './interest/options.ts';
import { type Outcome, outcomeOf, type SizeMeasured } from './interest/outcome.ts';
import { markdownOf, reportOf } from './interest/report.ts';
import { thisMachine } from './machine.ts';
import { progress } from './progress.ts';
import { writeMeasured } from './write-measured.ts';

/**
 * Checkpoints come between the measurements and not in them, and so does vacuum: both would fall on either side by chance.
 * Commits are waited for, as the bank's own are.
 */
const settings = { max_wal_size: '16GB', checkpoint_timeout: '1h', autovacuum: 'off' };

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const outcome = await measureAll(options);
  console.log(options.json ? JSON.stringify(outcome, null, 2) : reportOf(outcome));
  if (options.write !== undefined) {
    await writeMeasured(options.write, 'bench:interest', markdownOf(outcome, thisMachine(undefined)));
    progress(`wrote ${options.write}`);
  }
  process.exitCode = outcome.failures.length === 0 ? 0 : 1;
});

async function measureAll(options: InterestOptions): Promise<Outcome> {
  const cleanUp = createCleanUp();
  try {
    const directory = await mkdtemp(join(tmpdir(), 'countinghouse-interest-'));
    cleanUp.add(() => rm(directory, { recursive: true, force: true }));
    progress('starting PostgreSQL');
    const postgres = await startPostgres({ directory: join(directory, 'postgres'), temporary: true, settings });
    cleanUp.add(() => postgres.stop());
    const measured: SizeMeasured[] = [];
    for (const accounts of options.accounts) {
      measured.push(await measureSize(postgres.url, { ...options, accounts, progress }));
    }
    return outcomeOf(measured, options);
  } finally {
    await cleanUp.run();
  }
}

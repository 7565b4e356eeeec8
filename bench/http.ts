import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../local/command-error.ts';
import { startBenchBank } from './bench-bank.ts';
import { type CleanUp, createCleanUp } from './clean-up.ts';
import { fillBank } from './fill-bank.ts';
import { measureHttp } from './measure-http.ts';
import { type BenchOptions, readOptions, usage } from './options.ts';
import { failuresOf, type Outcome } from './outcome.ts';
import { progress } from './progress.ts';
import { reportOf } from './report.ts';

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const cleanUp = createCleanUp();
  try {
    const outcome = await run(options, cleanUp);
    console.log(options.json ? JSON.stringify(outcome, null, 2) : reportOf(outcome));
    process.exitCode = failuresOf(outcome).length === 0 ? 0 : 1;
  } finally {
    await cleanUp.run();
  }
});

async function run(options: BenchOptions, cleanUp: CleanUp): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-bench-'));
  cleanUp.add(() => rm(folder, { recursive: true, force: true }));
  const bank = await startBenchBank(folder, cleanUp, progress);
  const payers = await fillBank(bank, options.accounts, progress);
  return await measureHttp(bank, payers, options, progress);
}

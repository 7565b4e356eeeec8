import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from '../local/command-error.ts';
import { type CleanUp, createCleanUp } from './clean-up.ts';
import { writeHistory } from './faults/history.ts';
import { type FaultOptions, readOptions, usage } from './faults/options.ts';
import { exitCodeOf, type FaultOutcome, reportOf } from './faults/outcome.ts';
import { runFaults } from './faults/run.ts';
import { startWorld } from './faults/world.ts';
import { progress } from './progress.ts';

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const cleanUp = createCleanUp();
  try {
    progress(`seed ${options.seed}`);
    const outcome = await run(options, cleanUp);
    console.log(options.json ? JSON.stringify(outcome, null, 2) : reportOf(outcome));
    process.exitCode = exitCodeOf(outcome);
  } finally {
    await cleanUp.run();
  }
});

async function run({ seed, minutes, clients, history }: FaultOptions, cleanUp: CleanUp): Promise<FaultOutcome> {
  const file = resolve(history ?? join(tmpdir(), `faults-${seed}.jsonl`));
  const world = await startWorld(cleanUp, progress);
  const written = writeHistory(file);
  const end = performance.now() + minutes * 60_000;
  const ran = await runFaults(world, { seed, clients, goesOn: () => performance.now() < end }, written, progress);
  await written.close();
  progress('comparing the history with the database');
  return { seed, minutes, clients, history: file, ...ran, wrong: await checkApart(file, world.databaseUrl) };
}

/** Has the checker, a program of its own, compare the two. @returns what it complains of. */
async function checkApart(file: string, databaseUrl: string): Promise<string[]> {
  const { promise, resolve: settle } = Promise.withResolvers<string[]>();
  execFile(process.execPath, ['bench/check-history.ts', file, databaseUrl], (error, stdout, stderr) => {
    const told = stdout.trim().split('\n');
    settle(error ? [...told.filter(line => line !== ''), stderr.trim()] : []);
  });
  return promise;
}

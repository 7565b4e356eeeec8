import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, runCommand } from '../../local/command-error.ts';
import { startPostgres } from '../../local/postgres/start-postgres.ts';
import { collectedLog } from './localstack/collected-log.ts';
import { exclusions } from './localstack/exclusions.ts';
import { type Counts, runVitest } from './localstack/run-vitest.ts';
import {
  emulatedServices,
  type LocalStack,
  runningLocalStack,
  startLocalStack,
} from './localstack/start-localstack.ts';
import { NoPython } from './python/environment.ts';

const usage = `Usage: npm run test:localstack [-- FILE…]

Runs the database tests on the PostgreSQL that DATABASE_URL names, and the system tests on it and on the services that
${variables().join(', ')} name, as compose.yaml has them.

Where none of these is set, it starts LocalStack's own runtime from Python packages, without Docker and without an account,
and an embedded PostgreSQL of its own. Where Python is missing it says so, and tests nothing.

  FILE   a test file, or a folder of them, under tests/database or tests/system; all of both without any`;

await runCommand(async () => {
  const files = process.argv.slice(2);
  if (files.includes('--help') || files.includes('-h')) {
    console.log(usage);
    return;
  }
  const tests = chosen(files);
  const directory = await mkdtemp(join(tmpdir(), 'countinghouse-localstack-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const close = async () => {
    for (const closer of closers.splice(0)) await closer();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void close().finally(() => process.exit(1)));
  }
  try {
    const emulator = await emulatorOf(directory);
    if (emulator === undefined) return;
    closers.unshift(emulator.stop);
    const database = await databaseOf(directory);
    closers.unshift(database.stop);
    await testOn(emulator, database, { directory, ...tests });
  } finally {
    await close();
  }
});

function variables(): string[] {
  return emulatedServices.map(service => `AWS_ENDPOINT_URL_${service.toUpperCase()}`);
}

async function emulatorOf(directory: string): Promise<LocalStack | undefined> {
  const given = variables().map(name => process.env[name]);
  const [url] = given;
  if (url && given.every(each => each === url)) return runningLocalStack(url);
  if (given.some(each => each)) {
    throw new CommandError(`Set all of ${variables().join(', ')} to one address, or none.`);
  }
  try {
    return await startLocalStack(directory);
  } catch (error) {
    if (!(error instanceof NoPython)) throw error;
    console.log(`SKIPPED: no emulator can be had here, and nothing was tested. ${error.message}`);
    return undefined;
  }
}

async function databaseOf(directory: string): Promise<{ url: string; name: string; stop(): Promise<void> }> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, name: `at ${new URL(given).host}`, stop: async () => {} };
  const options = { directory: join(directory, 'postgres'), durable: false, settings: collectedLog };
  const { url, stop } = await startPostgres(options);
  return { url, name: 'embedded, as a server of its own', stop };
}

async function testOn(
  emulator: LocalStack,
  database: { url: string; name: string },
  { directory, databaseTests, systemTests }: Chosen & { directory: string },
): Promise<void> {
  console.log(`emulator: ${emulator.name} at ${emulator.url} (${emulatedServices.join(', ')})`);
  console.log(`PostgreSQL: ${database.name}`);
  const endpoints = Object.fromEntries(variables().map(name => [name, emulator.url]));
  const DATABASE_URL = database.url;
  const results: Counts[] = [];
  if (databaseTests.length > 0) {
    // Nothing is measured here: a slow machine is given time.
    const args = [...databaseTests, '--testTimeout=120000', '--hookTimeout=120000'];
    results.push(await runVitest(args, { DATABASE_URL }, join(directory, 'database.json')));
  }
  if (systemTests.length > 0) {
    const args = [...systemTests, '--config=vitest.localstack.config.ts'];
    results.push(await runVitest(args, { DATABASE_URL, ...endpoints }, join(directory, 'system.json')));
  }
  const all = results.reduce(sum);
  console.log(`emulator: ${emulator.name}`);
  const left = exclusions.filter(each => each.test === undefined || all.excluded.includes(each));
  for (const { file, test, reason } of left) {
    console.log(`not on an emulator: ${file}${test === undefined ? '' : ` > ${test}`}: ${reason}`);
  }
  console.log(`${all.passed} passed, ${all.failed} failed, ${all.excluded.length} skipped`);
  if (all.failed > 0) process.exitCode = 1;
}

interface Chosen {
  databaseTests: readonly string[];
  systemTests: readonly string[];
}

/** The tests that were asked for, or all that there are. */
function chosen(files: readonly string[]): Chosen {
  const under = (folder: string) =>
    files.length === 0 ? [folder] : files.filter(file => file === folder || file.startsWith(`${folder}/`));
  const tests = { databaseTests: under('tests/database'), systemTests: under('tests/system') };
  if (files.length > tests.databaseTests.length + tests.systemTests.length) {
    throw new CommandError('Name files under tests/database or tests/system. Try: npm run test:localstack -- --help');
  }
  return tests;
}

function sum(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    excluded: [...one.excluded, ...other.excluded],
  };
}

import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { startCloud } from './cloud.ts';
import { CommandError, runCommand } from './command-error.ts';
import { openDatabase } from './database.ts';
import { type DemoAccounts, fillDemo } from './demo/fill.ts';
import { identityOf } from './demo/identity.ts';
import { bankHome, forgetRunningBank, recordRunningBank } from './home.ts';
import { keptAssembly } from './kept-assembly.ts';
import { takeLock } from './lock.ts';
import { openLogFile } from './log-file.ts';
import { welcome } from './screen.ts';

const usage = `Usage: npm start

Runs the whole bank on this machine, without Docker or AWS: the synthesised CDK app on a local cloud and PostgreSQL.

  PORT           the port of the API on 127.0.0.1 (3000)
  BANK_HOME      the folder that keeps the data (.bank)
  DATABASE_URL   a PostgreSQL to use instead of the embedded one: a superuser's URL, with the database's name`;

const began = performance.now();

function progress(line: string): void {
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

await runCommand(async () => {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(usage);
    return;
  }
  const port = await freePortOf(process.env.PORT ?? '3000');
  await mkdir(bankHome, { recursive: true });
  const lock = await takeLock(bankHome);
  const closers: (() => Promise<unknown>)[] = [() => lock.release()];
  const stop = onceStopped(closers);
  try {
    await open(port, closers);
  } catch (error) {
    await stop();
    throw error;
  }
});

/** Starts everything, in the order that one part needs another; what has to be closed is added to `closers`. */
async function open(port: number, closers: (() => Promise<unknown>)[]): Promise<void> {
  const assembly = join(bankHome, 'cdk.out');
  progress('synthesising the CDK app where it has changed, starting PostgreSQL');
  const opening = openDatabase(bankHome, progress).then(opened => {
    closers.unshift(() => opened.stop());
    return opened;
  });
  const synthesis = new AbortController();
  closers.unshift(async () => synthesis.abort());
  const [database] = await Promise.all([opening, keptAssembly('local', assembly, { signal: synthesis.signal })]);
  const log = await openLogFile(join(bankHome, 'bank.log'));

  progress('starting the local cloud, applying migrations');
  let accounts: DemoAccounts | undefined;
  const cloud = await startCloud({
    assembly,
    home: bankHome,
    databaseUrl: database.url,
    port,
    log: log.write,
    onNotification: progress,
    beforeOpening: async ({ apiUrl, endpoints, outputs }) => {
      progress('looking after the demo data');
      accounts = await fillDemo({
        apiUrl,
        databaseUrl: database.url,
        identity: identityOf({ endpoints, outputs }),
        progress,
      });
      await recordRunningBank({
        apiUrl: `http://127.0.0.1:${port}`,
        databaseUrl: database.url,
        endpoints,
        outputs,
        identity: identityOf({ endpoints, outputs }),
      });
    },
  });
  closers.unshift(() => cloud.close(), forgetRunningBank);
  progress(`ready (log: ${relative('.', log.path)})`);
  console.log(welcome(cloud.apiUrl, accounts));
}

/** Closes everything once, at a failure or the first SIGINT or SIGTERM. */
function onceStopped(closers: (() => Promise<unknown>)[]): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const close = async () => {
    for (const closer of closers) {
      await closer();
    }
  };
  const stop = () => {
    stopping ??= close();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stopping) {
        console.log('\nClosing the bank.');
      }
      void stop().finally(() => process.exit(0));
    });
  }
  return stop;
}

/** The port to listen on, if it is one and is free: told now, not after all the work. */
async function freePortOf(text: string): Promise<number> {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new CommandError(`PORT is ${text}: give a number from 1 to 65535.`);
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const probe = createServer();
  probe.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      new CommandError(
        `Port ${port} can't be used (${error.code}): end the program that has it, or choose another: PORT=3001 npm start.`,
      ),
    ),
  );
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  await promise;
  return port;
}

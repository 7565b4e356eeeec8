import { readdir, rm } from 'node:fs/promises';
import { CommandError, runCommand } from './command-error.ts';
import { bankHome } from './home.ts';
import { takeLock } from './lock.ts';

const usage = `Usage: npm run reset

Wipes the local bank: its database, users and keys, all of ${bankHome}. The next npm start begins anew.`;

/** What a bank keeps in its folder. One that holds anything else was named by mistake. */
const kept = new Set([
  'postgres',
  'cognito',
  'secrets-manager',
  'kms',
  'sqs',
  'sns',
  's3',
  'outbox',
  'standalone',
  'cdk.out',
  'cdk.out.made-of',
  'bank.log',
  'bank.log.1',
  'running.json',
  'running.json.new',
]);

await runCommand(async () => {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(usage);
    return;
  }
  await refuseStrangeFolder();
  const lock = await takeLock(bankHome);
  await rm(bankHome, { recursive: true, force: true });
  await lock.release();
  console.log(`Wiped ${bankHome}.`);
});

async function refuseStrangeFolder(): Promise<void> {
  const strange = (await readdir(bankHome).catch(() => [])).filter(name => !kept.has(name));
  if (strange.length > 0) {
    throw new CommandError(
      `${bankHome} holds more than a bank (${strange[0]}): nothing was removed. Remove it yourself, or name the bank's folder with BANK_HOME.`,
    );
  }
}

import { rm } from 'node:fs/promises';
import { runCommand } from './command-error.ts';
import { bankHome } from './home.ts';
import { takeLock } from './lock.ts';

const usage = `Usage: npm run reset

Wipes the local bank: its database, users and keys, all of ${bankHome}. The next npm start begins anew.`;

await runCommand(async () => {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(usage);
    return;
  }
  const lock = await takeLock(bankHome);
  await rm(bankHome, { recursive: true, force: true });
  await lock.release();
  console.log(`Wiped ${bankHome}.`);
});

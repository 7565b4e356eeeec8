import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../local/postgres/free-port.ts';
import { until } from '../../local/postgres/processes.ts';

// Starts the bank in a folder of its own, prints how long it takes until it answers, and ends it.
const longestMs = 120_000;
const home = await mkdtemp(join(tmpdir(), 'countinghouse-time-start-'));
const port = await freePort();
const began = performance.now();
const bank = spawn('npm', ['start'], {
  env: { ...process.env, BANK_HOME: home, PORT: String(port) },
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
});
const ended = once(bank, 'exit');
try {
  const isHealthy = async () => {
    const reply = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    return reply?.status === 200;
  };
  const isOver = await until(async () => bank.exitCode !== null || (await isHealthy()), longestMs);
  if (!isOver || bank.exitCode !== null) {
    throw new Error(bank.exitCode === null ? 'npm start is not healthy yet' : `npm start ended with ${bank.exitCode}`);
  }
  console.log(`healthy after ${((performance.now() - began) / 1000).toFixed(1)} s`);
} finally {
  // As Ctrl-C does: all that npm started.
  if (bank.pid !== undefined && bank.exitCode === null) process.kill(-bank.pid, 'SIGINT');
  await ended;
  await rm(home, { recursive: true, force: true, maxRetries: 20 });
}

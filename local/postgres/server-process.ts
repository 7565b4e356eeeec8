import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { guardPostmaster } from './guard.ts';
import type { Launch } from './launcher.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { stopPostmaster } from './processes.ts';

/** One postmaster started by this process. */
export interface ServerProcess {
  pid: number;
  exited(): boolean;
  stop(): Promise<void>;
}

/**
 * Starts a postmaster in a session of its own: a Ctrl-C or a signal to this process's group is this process's to act on,
 * and the server ends when it is stopped or when this process is gone (see guardPostmaster).
 */
export async function spawnServer(launch: Launch, log: number, temporary: string | undefined): Promise<ServerProcess> {
  const child = spawn(launch.file, launch.args, { ...launch.options, detached: true, stdio: ['ignore', log, log] });
  const pid = await pidOf(child);
  const callOff = guardPostmaster(pid, temporary);
  const exited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  child.once('exit', callOff);
  // A server that nobody stopped must not keep this process from ending.
  child.unref();
  return { pid, exited, stop: () => (exited() ? Promise.resolve() : stopPostmaster(pid, exited)) };
}

/**
 * Waits until the server takes connections, recovery after a crash included.
 *
 * @returns 'ready', or 'exited' when the server gave up, or 'slow' after two minutes.
 * @throws the driver's error when the server answers but refuses the sign-in.
 */
export async function untilReady(
  server: ServerProcess,
  data: string,
  url: string,
  progress: (line: string) => void,
): Promise<'ready' | 'exited' | 'slow'> {
  const started = performance.now();
  let told = 0;
  while (!server.exited()) {
    const waited = performance.now() - started;
    if (waited > 120_000) return 'slow';
    if (waited - told > 5_000) {
      told = waited;
      progress(`waiting for PostgreSQL to recover (${Math.round(waited / 1000)} s)`);
    }
    // The lock file first: until this server owns its port, another program might answer there.
    const written = await readPostmasterFile(data);
    if (written?.pid === server.pid && written.status === 'ready' && (await connects(url))) return 'ready';
    await delay(20);
  }
  return 'exited';
}

async function connects(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && passing.has(String(error.code))) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

// Starting up, shutting down, not listening yet, cut off.
const passing = new Set(['57P03', '57P01', 'ECONNREFUSED', 'ECONNRESET']);

async function pidOf(child: ChildProcess): Promise<number> {
  if (child.pid !== undefined) return child.pid;
  return new Promise((_, reject) => child.once('error', reject));
}

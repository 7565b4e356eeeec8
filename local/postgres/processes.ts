import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/** Whether a process of this id runs, whoever owns it. One that ended but whose parent hasn't noticed does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !isZombie(pid);
}

// In a container whose first process reaps no orphans, a killed server keeps its process id for good.
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Waits until `condition` holds, for at most `milliseconds`; answers whether it came to hold. */
export async function until(condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

/**
 * Stops a postmaster and waits until `gone`: fast shutdown (SIGINT: sessions are cut, everything is written), after 8 s
 * immediate shutdown (SIGQUIT: the next start recovers), after 4 s more SIGKILL.
 */
export async function stopPostmaster(pid: number, gone: () => boolean = () => !isAlive(pid)): Promise<void> {
  signal(pid, 'SIGINT');
  if (await until(gone, 8_000)) return;
  signal(pid, 'SIGQUIT');
  if (await until(gone, 4_000)) return;
  signal(pid, 'SIGKILL');
  await until(gone, 60_000);
}

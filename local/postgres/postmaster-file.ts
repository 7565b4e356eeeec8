import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running (or killed) server wrote about itself into `postmaster.pid`. */
export interface PostmasterFile {
  pid: number;
  status: string;
}

/** The path of a data directory's lock file. */
export function postmasterFilePath(data: string): string {
  return join(data, 'postmaster.pid');
}

/** Reads a data directory's lock file; undefined when there is none or it isn't written yet. */
export async function readPostmasterFile(data: string): Promise<PostmasterFile | undefined> {
  const lines = (await readFile(postmasterFilePath(data), 'utf8').catch(() => '')).split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  // The eighth line is the one pg_ctl waits on: starting, stopping, ready or standby.
  return Number.isInteger(pid) && pid > 0 ? { pid, status: (lines[7] ?? '').trim() } : undefined;
}

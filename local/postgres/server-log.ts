import { open, readFile, rename } from 'node:fs/promises';
import type { ClusterPaths } from './paths.ts';

/** Opens a new log, keeping one earlier: two runs' worth is all that ever lies on the disk. */
export async function openLog(paths: ClusterPaths): Promise<{ descriptor: number; close(): Promise<void> }> {
  await rename(paths.log, paths.previousLog).catch(() => undefined);
  const handle = await open(paths.log, 'a', 0o600);
  return { descriptor: handle.fd, close: () => handle.close() };
}

/** The log's last complaint (FATAL or PANIC) without its prefix, else its last line; '' for an empty log. */
export async function lastComplaint(paths: ClusterPaths): Promise<string> {
  const lines = (await readFile(paths.log, 'utf8').catch(() => '')).trimEnd().split('\n');
  const complaint = lines.findLast(line => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? '';
  return complaint.replace(/^.*?(FATAL|PANIC|ERROR|LOG):\s+/, '').trim();
}

/** Whether the server gave up because its port is another program's. */
export async function complainsOfPort(paths: ClusterPaths): Promise<boolean> {
  return /could not bind IPv4 address|could not create any TCP\/IP sockets/.test(await wholeLog(paths));
}

/** Whether the server gave up because sessions of a killed one still live: they are on their way out. */
export async function complainsOfStrays(paths: ClusterPaths): Promise<boolean> {
  return /pre-existing shared memory block/.test(await wholeLog(paths));
}

function wholeLog(paths: ClusterPaths): Promise<string> {
  return readFile(paths.log, 'utf8').catch(() => '');
}

import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The PostgreSQL processes that work in the data directory: its postmaster and the sessions, running or left behind.
 * A server process's working directory is its data directory, wherever that was moved meanwhile.
 */
export async function processesServing(data: string): Promise<number[]> {
  const directory = await realpath(data).catch(() => data);
  const found = process.platform === 'linux' ? await fromProc() : await fromLsof();
  return found.filter(({ cwd }) => cwd === directory).map(({ pid }) => pid);
}

interface ServerProcess {
  pid: number;
  cwd: string;
}

async function fromProc(): Promise<ServerProcess[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async pid => {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
      if (name.trim() !== 'postgres') return [];
      return [{ pid, cwd: await readlink(`/proc/${pid}/cwd`).catch(() => '') }];
    }),
  );
  return found.flat();
}

async function fromLsof(): Promise<ServerProcess[]> {
  const { stdout } = await run('lsof', ['-a', '-c', 'postgres', '-d', 'cwd', '-F', 'pn']).catch(() => ({ stdout: '' }));
  return parseLsof(stdout);
}

/** Reads `lsof -F pn`: a line `p<process id>`, then lines of that process's files, among them `n<path>`. */
export function parseLsof(output: string): ServerProcess[] {
  const found: ServerProcess[] = [];
  let pid = 0;
  for (const line of output.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    if (line.startsWith('n')) found.push({ pid, cwd: line.slice(1) });
  }
  return found;
}

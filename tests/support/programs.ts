import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { isAlive, signal, until } from '../../local/postgres/processes.ts';

/** How a program ended, and what it said. */
export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A program that runs, in a process group of its own. */
export interface Program {
  pid: number;
  /** All that it has printed so far. */
  output(): string;
  /** Waits until its output matches; fails when it ends before. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Resolves when it has ended. */
  ended: Promise<Finished>;
}

/** The environment of a program: this process's, without what would lead it to another bank, and with changes. */
function environment(changes: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, BANK_HOME: _home, PORT: _port, ...inherited } = process.env;
  return { ...inherited, ...changes };
}

/** Runs a program to its end. */
export async function run(file: string, args: string[], changes: Record<string, string> = {}): Promise<Finished> {
  return start(file, args, changes).ended;
}

/** Runs one of the local commands to its end: `node local/NAME.ts ARGUMENTS`. */
export async function command(name: string, args: string[], changes: Record<string, string> = {}): Promise<Finished> {
  return run(process.execPath, [`local/${name}.ts`, ...args], changes);
}

/** Starts a program. */
export function start(file: string, args: string[], changes: Record<string, string> = {}): Program {
  const child = spawn(file, args, {
    env: environment(changes),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const { promise: ended, resolve, reject } = Promise.withResolvers<Finished>();
  child.stdout.on('data', chunk => {
    said.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    said.stderr += chunk;
  });
  child.once('error', reject);
  child.once('close', code => resolve({ code, ...said }));
  const output = () => said.stdout + said.stderr;
  return { pid: pidOf(child), output, ended, printed: pattern => match(pattern, output, child) };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) {
    throw new Error(`${child.spawnfile} did not start`);
  }
  return child.pid;
}

async function match(pattern: RegExp, output: () => string, child: ChildProcess): Promise<RegExpMatchArray> {
  const over = () => child.exitCode !== null || child.signalCode !== null;
  await until(() => pattern.test(output()) || over(), 180_000);
  const found = pattern.exec(output());
  if (!found) {
    throw new Error(`${child.spawnargs.join(' ')} never printed ${pattern}, but: ${output()}`);
  }
  return found;
}

const execute = promisify(execFile);

/** A process and all that it started, and those that they started. */
export async function family(pid: number): Promise<number[]> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=']);
  const pairs = stdout.split('\n').map(line => line.trim().split(/\s+/).map(Number));
  const members = [pid];
  for (const member of members) {
    members.push(...pairs.flatMap(([child = 0, parent]) => (parent === member ? [child] : [])));
  }
  return members;
}

/** Waits until none of the processes lives, ten seconds at most. @returns those that still do. */
export async function survivors(pids: number[]): Promise<number[]> {
  await until(() => !pids.some(isAlive), 10_000);
  return pids.filter(isAlive);
}

/** Ends a program's whole process group the hard way; one that has ended is no error. */
export function killGroup(program: Program | undefined, name: NodeJS.Signals = 'SIGKILL'): void {
  if (program) {
    signal(-program.pid, name);
  }
}

/** A refusal on the command line: exit code 1, nothing on standard output, and one line that matches. */
export function expectOneLine({ code, stdout, stderr }: Finished, line: RegExp): void {
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
}

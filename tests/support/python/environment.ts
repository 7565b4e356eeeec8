import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../quality/run-command.ts';

/** A Python environment could not be made: there is no Python, or its packages are not to be had. Its message is one line. */
export class NoPython extends Error {
  override readonly name = 'NoPython';
}

const interpreters = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/**
 * The folder of a Python environment that holds what a requirements file pins, by version and by hash; made at the first
 * use, in the user's cache, and kept for as long as the file says the same.
 *
 * @throws NoPython when it can't be made
 */
export async function pythonEnvironment(requirements: string): Promise<string> {
  const pinned = await readFile(requirements);
  const name = createHash('sha256').update(pinned).digest('hex').slice(0, 16);
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'countinghouse', `python-${name}`);
  if (existsSync(join(folder, 'complete'))) {
    return folder;
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await ran(await interpreter(), ['-m', 'venv', folder]);
  try {
    const install = [
      'install',
      '--quiet',
      '--no-input',
      '--disable-pip-version-check',
      '--require-hashes',
      '--no-deps',
    ];
    await ran(join(folder, 'bin/pip'), [...install, '--requirement', requirements]);
    await mkdir(join(folder, 'complete'));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** The first Python that is new enough for the pinned packages and can make environments. */
async function interpreter(): Promise<string> {
  for (const name of interpreters) {
    const asked = await runCommand('.', name, [
      '-c',
      'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))',
    ]).catch(() => undefined);
    if (asked?.code === 0) {
      return name;
    }
  }
  throw new NoPython('No Python 3.10 or newer with its venv module is installed.');
}

async function ran(program: string, args: string[]): Promise<void> {
  const { code, output } = await runCommand('.', program, args);
  if (code !== 0) {
    throw new NoPython(`${program} ${args.slice(0, 2).join(' ')} failed: ${output.trim().split('\n').at(-1)}`);
  }
}

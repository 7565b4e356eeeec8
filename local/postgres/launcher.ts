import { execFile, type SpawnOptions } from 'node:child_process';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import type { Identity } from './identity.ts';
import { PostgresError } from './postgres-error.ts';

const run = promisify(execFile);

/** What to hand to `spawn`, so that a program runs as the cluster's identity. */
export interface Launch {
  file: string;
  args: string[];
  options: SpawnOptions;
}

/** Turns a program and its arguments into what `spawn` needs. */
export type Launcher = (program: string, args: string[]) => Launch;

/**
 * Decides how PostgreSQL's programs are run: plainly, as another user, or, where that user may not enter the folders
 * above the binaries or the data (a clone that only root may enter), as that user with the one capability that
 * passes by file permissions. PostgreSQL itself only refuses the user id 0.
 *
 * @throws PostgresError when the folders are closed to the user and `setpriv` cannot help.
 */
export async function chooseLauncher(
  identity: Identity | undefined,
  binaries: Binaries,
  directory: string,
): Promise<Launcher> {
  if (identity === undefined) return (file, args) => ({ file, args, options: { cwd: '/', env: environment() } });
  const plainly: Launcher = (file, args) => ({ file, args, options: { cwd: '/', env: environment(), ...identity } });
  if (await reaches(plainly, binaries, directory)) return plainly;
  const passingBy: Launcher = (program, args) => ({
    file: 'setpriv',
    args: [
      `--reuid=${identity.uid}`,
      `--regid=${identity.gid}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      // Else access(2), which PostgreSQL finds its own files with, would not count the capability.
      '--securebits=+no_setuid_fixup',
      program,
      ...args,
    ],
    options: { cwd: '/', env: environment() },
  });
  if (await reaches(passingBy, binaries, directory)) return passingBy;
  throw new PostgresError(
    `PostgreSQL may not run as root, and its system user may not enter ${directory} or run ${binaries.postgres}: move the clone to a folder that others may enter, or run as an ordinary user.`,
  );
}

async function reaches(launch: Launcher, binaries: Binaries, directory: string): Promise<boolean> {
  // Asking the server for a setting makes it load its libraries and find its own files: what no look at modes proves.
  const { file, args, options } = launch('/bin/sh', [
    '-c',
    'cd "$1" && exec "$0" -C port -D "$1" -c config_file=/dev/null',
    binaries.postgres,
    directory,
  ]);
  const { cwd, env, uid, gid } = options;
  return run(file, args, { cwd, env, uid, gid }).then(
    () => true,
    () => false,
  );
}

function environment(): NodeJS.ProcessEnv {
  // PGDATA, PGPORT and the like would change what the programs do; the locale decides what their messages read.
  const own = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(own), LC_ALL: 'C', TZ: 'UTC' };
}

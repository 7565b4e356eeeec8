import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Identity } from './identity.ts';
import type { Launcher } from './launcher.ts';
import type { ClusterPaths } from './paths.ts';
import { PostgresError } from './postgres-error.ts';

const run = promisify(execFile);

/** Makes the cluster's folder, closed to everybody but the user that the server runs as. */
export async function ensureDirectory(paths: ClusterPaths, identity: Identity | undefined): Promise<void> {
  await mkdir(paths.directory, { recursive: true });
  await chmod(paths.directory, 0o700);
  if (identity === undefined) return;
  const { uid } = await stat(paths.directory);
  const data = await stat(paths.data).catch(() => undefined);
  if (uid !== identity.uid) await chown(paths.directory, identity.uid, identity.gid);
  if (data !== undefined && data.uid !== identity.uid) {
    await run('chown', ['-R', `${identity.uid}:${identity.gid}`, paths.directory]);
  }
}

/**
 * Creates the cluster where there is none and answers the superuser's password.
 *
 * initdb works in a folder of its own, which becomes the data directory when it is whole: an interrupted one is
 * thrown away at the next start.
 *
 * @throws PostgresError when initdb fails, or the data's password is lost.
 */
export async function ensureCluster(
  paths: ClusterPaths,
  launch: Launcher,
  initdb: string,
  choice: { identity: Identity | undefined; durable: boolean; progress(line: string): void },
): Promise<string> {
  await removeUnfinished(paths);
  if (await exists(paths.data)) return readPassword(paths);
  choice.progress('creating the database files');
  const password = await ensurePassword(paths, choice.identity);
  const unfinished = paths.unfinished + randomBytes(6).toString('hex');
  await runInitdb(launch, initdb, [
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${paths.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8 sorts alike on every system, whatever locales that has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(choice.durable ? [] : ['--no-sync']),
  ]);
  await rename(unfinished, paths.data);
  return password;
}

async function removeUnfinished(paths: ClusterPaths): Promise<void> {
  const folder = dirname(paths.unfinished);
  for (const name of await readdir(folder)) {
    if (name.startsWith(basename(paths.unfinished))) {
      await rm(join(folder, name), { recursive: true, force: true, maxRetries: 20 });
    }
  }
}

async function ensurePassword(paths: ClusterPaths, identity: Identity | undefined): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await rm(paths.password, { force: true });
  await writeFile(paths.password, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (identity !== undefined) await chown(paths.password, identity.uid, identity.gid);
  return password;
}

async function readPassword(paths: ClusterPaths): Promise<string> {
  const password = (await readFile(paths.password, 'utf8').catch(() => '')).trim();
  if (password !== '') return password;
  throw new PostgresError(
    `${paths.password} is missing, so nobody can sign in: restore it, or remove ${paths.directory} to start afresh.`,
  );
}

async function runInitdb(launch: Launcher, initdb: string, initdbArguments: string[]): Promise<void> {
  const { file, args, options } = launch(initdb, initdbArguments);
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, by) => resolve(code === 0 ? '' : `it ended with ${by ?? `code ${code}`}`));
  });
  const [failure, complaint] = await Promise.all([ended, child.stderr === null ? '' : text(child.stderr)]);
  if (failure === '') return;
  const reason = complaint.split('\n').find(line => /error|fatal/i.test(line)) ?? failure;
  throw new PostgresError(`PostgreSQL's initdb failed: ${reason.trim()}`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

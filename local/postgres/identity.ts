import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PostgresError } from './postgres-error.ts';

const run = promisify(execFile);

/** The system user that PostgreSQL runs as when this process is root, which PostgreSQL refuses to run as. */
export interface Identity {
  uid: number;
  gid: number;
}

/**
 * Whose process the server will be: undefined for an ordinary user (its own), else an unprivileged identity.
 *
 * As root, existing data keep their owner, so that a bank once started by a user stays that user's. New data, or data
 * that a copy made root's, go to the system user `postgres`, which is created where there is none.
 *
 * @throws PostgresError when data belong to another user, or no system user can be had.
 */
export async function chooseIdentity(data: string, progress: (line: string) => void): Promise<Identity | undefined> {
  const self = process.geteuid?.();
  const owner = await ownerOf(data);
  if (self !== 0) {
    if (owner !== undefined && owner.uid !== self) {
      throw new PostgresError(
        `${data} belongs to another user (it was made by root?): start as that user, or remove it as that user and start afresh.`,
      );
    }
    return undefined;
  }
  if (owner !== undefined && owner.uid !== 0) return owner;
  return (await systemUser('postgres')) ?? (await createSystemUser('postgres', progress));
}

async function ownerOf(data: string): Promise<Identity | undefined> {
  try {
    const { uid, gid } = await stat(data);
    return { uid, gid };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return { uid: -1, gid: -1 };
    return undefined;
  }
}

async function systemUser(name: string): Promise<Identity | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createSystemUser(name: string, progress: (line: string) => void): Promise<Identity> {
  progress(`creating the system user ${name}: PostgreSQL refuses to run as root`);
  try {
    await run('groupadd', ['--force', '--system', name]);
    await run('useradd', ['--system', '--gid', name, '--no-create-home', '--shell', '/bin/false', name]);
  } catch {
    // The check below says what matters: whether the user is there now.
  }
  const created = await systemUser(name);
  if (created !== undefined) return created;
  throw new PostgresError(
    `PostgreSQL refuses to run as root and the system user "${name}" could not be created: create it (useradd --system ${name}), or run as an ordinary user.`,
  );
}

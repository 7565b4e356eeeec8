import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { CommandError } from './command-error.ts';

/**
 * Makes sure that one bank at a time works on a folder. The lock is a listening socket: the kernel lets go of it however
 * the process ends, so a lock that nobody answers is stale and is taken over.
 *
 * @throws CommandError when another bank holds it.
 */
export async function takeLock(folder: string): Promise<{ release(): Promise<void> }> {
  // A socket's path has at most about a hundred characters, so it can't lie in the folder itself; TMPDIR may differ between shells.
  const path = join('/tmp', `countinghouse-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.sock`);
  const server = (await listen(path)) ?? (await takeOver(path));
  if (!server) {
    throw new CommandError(
      `A bank is already running on ${folder}: stop it first, or name another folder with BANK_HOME.`,
    );
  }
  server.unref();
  return {
    release: async () => {
      await new Promise(closed => server.close(closed));
    },
  };
}

async function takeOver(path: string): Promise<Server | undefined> {
  if (await isAnswered(path)) {
    return undefined;
  }
  await rm(path, { force: true });
  return listen(path);
}

/** Listens on a socket; undefined when its file is there already. */
async function listen(path: string): Promise<Server | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Server | undefined>();
  const server = createServer(socket => socket.end());
  server.once('listening', () => resolve(server));
  server.once('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
  );
  server.listen(path);
  return promise;
}

async function isAnswered(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(path);
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  const answered = await promise;
  socket.destroy();
  return answered;
}

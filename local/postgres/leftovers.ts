import { rm } from 'node:fs/promises';
import { postmasterFilePath, readPostmasterFile } from './postmaster-file.ts';
import { isAlive, signal, stopPostmaster, until } from './processes.ts';
import { processesServing } from './server-processes.ts';

/**
 * Makes the data directory free to be served: stops the server that a killed run left behind, ends what is left of a
 * killed server, and removes a lock file whose process id belongs to another program by now.
 */
export async function clearLeftovers(data: string, progress: (line: string) => void): Promise<void> {
  const written = await readPostmasterFile(data);
  if (written !== undefined && isAlive(written.pid)) {
    if ((await processesServing(data)).includes(written.pid)) {
      progress('stopping the PostgreSQL that an earlier run left behind');
      await stopPostmaster(written.pid);
    } else {
      await rm(postmasterFilePath(data), { force: true });
    }
  }
  await endStrays(data);
}

// Sessions of a killed postmaster go by themselves unless they are busy; while one lives no server can start.
async function endStrays(data: string): Promise<void> {
  const gone = async (): Promise<boolean> => (await processesServing(data)).length === 0;
  if (await gone()) return;
  for (const pid of await processesServing(data)) signal(pid, 'SIGQUIT');
  if (await until(gone, 2_000)) return;
  for (const pid of await processesServing(data)) signal(pid, 'SIGKILL');
  await until(gone, 10_000);
}

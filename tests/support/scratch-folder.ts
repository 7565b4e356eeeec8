import { mkdtemp, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run's files come to at most, several times over. */
const enough = 4 * 1024 ** 3;

/**
 * Makes a folder for all that a run writes: in memory where there is room for it, as there is on most Linux machines. Each of some hundred
 * databases is hundreds of files, which cost a disk's file system several times what they cost there.
 */
export async function makeScratchFolder(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => undefined);
  // What may lie there at most, and what there is: on a small machine it would be in the way of the programs.
  const room = memory === undefined ? 0 : Math.min(memory.bavail * memory.bsize, freemem());
  const isInMemory = room >= enough;
  return mkdtemp(join(isInMemory ? '/dev/shm' : tmpdir(), 'countinghouse-tests-'));
}

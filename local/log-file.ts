import { createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';

const rotateBytes = 20 * 1024 * 1024;

/** Opens a log to append lines to. At a start, one that has grown large is put aside as `.1`, so two of them are kept at most. */
export async function openLogFile(path: string): Promise<{ path: string; write(line: string): void }> {
  const size = await stat(path).then(
    found => found.size,
    () => 0,
  );
  if (size > rotateBytes) {
    await rename(path, `${path}.1`);
  }
  const stream = createWriteStream(path, { flags: 'a' });
  return { path, write: line => void stream.write(`${line}\n`) };
}

import { readFile, writeFile } from 'node:fs/promises';
import { CommandError } from '../local/command-error.ts';

/**
 * Puts what was measured into a document, in the place of what was measured before: between `<!-- measured: NAME -->` and
 * `<!-- end of NAME -->`.
 *
 * @throws CommandError when the document has no such place.
 */
export async function writeMeasured(file: string, name: string, measured: string): Promise<void> {
  const [begin, end] = [`<!-- measured: ${name} -->\n`, `<!-- end of ${name} -->`];
  const document = await readFile(file, 'utf8');
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new CommandError(`${file} has no lines ${begin.trim()} and ${end} to write between.`);
  }
  await writeFile(file, `${document.slice(0, from + begin.length)}\n${measured}\n\n${document.slice(to)}`);
}

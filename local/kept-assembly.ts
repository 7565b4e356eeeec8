import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { synthesise } from './synthesise.ts';

/** All that the CDK app reads: itself, what it bundles, what it puts beside bundles, and which packages are installed. */
export const inputs = [
  'bin',
  'lambdas',
  'lib',
  'openapi',
  'sql',
  'docs/openapi.json',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
];

interface Making {
  /** The project's folder; where the command runs unless told. */
  root?: string;
  /** Ends a synthesis before its time. */
  signal?: AbortSignal;
  make?: typeof synthesise;
}

/**
 * Has a stage's assembly in a folder: the one that is there when it is whole and was made of the very same files, or else a new one. Most
 * starts of a bank follow one of the same code, and the synthesis is most of a start.
 *
 * @throws CommandError when the CDK app fails; nothing counts as made then.
 */
export async function keptAssembly(stage: string, folder: string, making: Making = {}): Promise<void> {
  const { root = '.', signal, make = synthesise } = making;
  const marker = `${folder}.made-of`;
  // The time zone is the local stage's own. What changes while the app runs is found changed the next time.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const madeOf = [stage, timeZone, process.version, ...(await tracesOf(root, inputs))];
  const mark = async () => hashOf([...madeOf, ...(await tracesOf(folder, ['.'], ({ size }) => size))]);
  const kept = await readFile(marker, 'utf8').catch(() => undefined);
  if (kept !== undefined && kept === (await mark())) return;
  await rm(marker, { force: true });
  await make(stage, folder, signal ? { signal } : {});
  await writeFile(marker, await mark());
}

/** Every file below some places, in their order, each with what would be another if the file were. */
async function tracesOf(
  root: string,
  places: readonly string[],
  trace: (found: { size: number; mtimeMs: number }) => unknown = ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
): Promise<string[]> {
  const lists = await Promise.all(places.map(place => filesBelow(resolve(root, place))));
  return Promise.all(lists.flat().map(async file => `${file} ${trace(await stat(file))}`));
}

/** The files in a folder and below, sorted; a file is its own, and what is not there has none. */
async function filesBelow(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined);
  if (!found?.isDirectory()) return found ? [place] : [];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted();
}

function hashOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

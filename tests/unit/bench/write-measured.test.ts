import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeMeasured } from '../../../bench/write-measured.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-measured-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('what is measured takes the place of what was measured before, and the rest stays', async () => {
  const file = join(folder, 'document.md');
  const around = (measured: string) =>
    `Words.\n<!-- measured: one -->\n${measured}<!-- end of one -->\n<!-- measured: two -->\n<!-- end of two -->\n`;
  await writeFile(file, around(''));
  await writeMeasured(file, 'one', '| first |');
  await writeMeasured(file, 'one', '| second |');
  expect(await readFile(file, 'utf8')).toBe(around('\n| second |\n\n'));
});

test('a document without the place is refused, and stays as it is', async () => {
  const file = join(folder, 'other.md');
  await writeFile(file, 'Words.');
  await expect(writeMeasured(file, 'one', '| first |')).rejects.toThrow(/no lines <!-- measured: one -->/);
  expect(await readFile(file, 'utf8')).toBe('Words.');
});

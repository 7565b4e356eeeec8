import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface Row {
  fault: string;
  file: string;
  link: string;
  /** Part of the test's name. */
  name: string;
}

const row = /^\| (.+?) \| .+? \| \[(tests\/[\w/.-]+)\]\((.+?)\): (.+?) \|$/;

/** The rows of the table of faults. */
async function rows(): Promise<Row[]> {
  const text = await readFile('docs/RELIABILITY.md', 'utf8');
  const table = text.slice(text.indexOf('## Faults'), text.indexOf('## The long run'));
  return table.split('\n').flatMap(line => {
    const [, fault = '', file = '', link = '', name = ''] = row.exec(line) ?? [];
    return fault === '' ? [] : [{ fault, file, link, name }];
  });
}

test('every fault of the table is paired with a test that exists', async () => {
  const table = await rows();
  expect(table.length).toBeGreaterThan(30);
  for (const { fault, file, link, name } of table) {
    expect(link, fault).toBe(`../${file}`);
    expect(existsSync(file), `${fault}: ${file}`).toBe(true);
    expect(await readFile(file, 'utf8'), fault).toContain(name);
  }
});

test('every line of the table has the form of a row', async () => {
  const text = await readFile('docs/RELIABILITY.md', 'utf8');
  const table = text.slice(text.indexOf('## Faults'), text.indexOf('## The long run'));
  const lines = table.split('\n').filter(line => line.startsWith('|'));
  // Its head and the line below that are no rows.
  expect(lines).toHaveLength((await rows()).length + 2);
});

test('every file of tests of faults stands in the table', async () => {
  const named = new Set((await rows()).map(({ file }) => file));
  const files = (await readdir('tests/faults')).filter(file => file.endsWith('.test.ts'));
  expect(files.filter(file => !named.has(`tests/faults/${file}`))).toEqual([]);
});

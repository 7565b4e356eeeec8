import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { documented, documentPath } from '../../ops/cost/document.ts';
import { type Inventory, readInventory } from '../../ops/cost/inventory.ts';
import { stageTemplates } from '../support/assembly.ts';
import { expectOneLine, run } from '../support/programs.ts';

const cost = (...args: string[]) => run(process.execPath, ['ops/cost.ts', ...args]);

let inventory: Inventory;
beforeAll(async () => {
  inventory = readInventory(await stageTemplates('prod'));
}, 120_000);

test('docs/COSTS.md is what npm run -s cost -- --write makes', async () => {
  const text = await readFile(documentPath, 'utf8');
  expect(documented(text, inventory), 'run npm run -s cost -- --write').toBe(text);
});

test('a document that has lost the place of a table is told so', async () => {
  const text = await readFile(documentPath, 'utf8');
  expect(() => documented(text.replace('<!-- prices -->', ''), inventory)).toThrow(/no place for the table prices/);
});

test('what is billed in prod is found in its templates', () => {
  expect(inventory).toMatchObject({ database: { instances: 2 }, memory: { api: 1, workers: 1, schedules: 1 } });
  expect(inventory.keys).toBeGreaterThan(5);
  expect(inventory.scheduledRuns).toBeGreaterThan(2 * 1440);
});

test('the command prices a stage, with every line for programs', async () => {
  const { code, stdout } = await cost('--stage', 'dev', '--transfers-per-day', '1000', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ stage: 'dev', transfers_per_day: 1000, prices: { region: 'us-east-1' } });
}, 120_000);

test.each([
  { args: ['--stage', 'moon'], line: /--stage is moon: choose one of/ },
  { args: ['--transfers-per-day', '1e6'], line: /--transfers-per-day is 1e6: give a whole number/ },
  { args: ['--transfers-per-day', '-1'], line: /--transfers-per-day/ },
  { args: ['--write', '--json'], line: /--write goes alone/ },
  { args: ['--volume', '1'], line: /--volume.*--help/ },
])('$args is refused in one line that names the option', async ({ args, line }) => {
  expectOneLine(await cost(...args), line);
});

test('--help tells how to use it', async () => {
  const { code, stdout } = await cost('--help');
  expect([code, stdout.startsWith('Usage: npm run -s cost')]).toEqual([0, true]);
});

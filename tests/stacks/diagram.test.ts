import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { schedules } from '../../lib/schedules.ts';
import { type Architecture, readArchitecture } from '../../ops/diagram/architecture.ts';
import { draw } from '../../ops/diagram/draw.ts';
import { stageTemplates } from '../support/assembly.ts';
import { expectOneLine, run } from '../support/programs.ts';

let architecture: Architecture;
beforeAll(async () => {
  architecture = readArchitecture(await stageTemplates('prod'));
}, 120_000);

function functionNamed(name: string) {
  return architecture.functions.find(each => each.name === name);
}

/** The labels of what a function uses. */
function usedBy(name: string): string[] {
  const uses = functionNamed(name)?.uses ?? [];
  return architecture.targets.filter(({ key }) => uses.includes(key)).map(({ label }) => label);
}

test('docs/architecture.svg is what npm run -s diagram draws', async () => {
  const drawn = await readFile('docs/architecture.svg', 'utf8');
  expect(draw(architecture) === drawn, 'run npm run -s diagram').toBe(true);
});

test('what starts a function is what the templates say', () => {
  expect(functionNamed('EventWorker')?.startedBy).toEqual(['event queue, 25 at a time']);
  expect(functionNamed('Migration')?.startedBy).toEqual(['each deploy']);
  expect(functionNamed('PostConfirmation')?.startedBy).toEqual(['a user who signed up']);
  expect(functionNamed('RelayEvents')?.startedBy).toEqual(['rate(1 minute)']);
  expect(architecture.schedules).toBe(schedules.length);
});

test('a dot is a permission: a payment may call the database and send events, and nothing else', () => {
  expect(usedBy('payments')).toEqual(['Aurora, by the Data API', 'SQS: event queue']);
});

test('only who works with social security numbers is drawn with their keys', () => {
  const key =
    architecture.targets.find(({ label }) => label === 'KMS: encrypts the social security numbers')?.key ?? '';
  const users = architecture.functions.filter(({ uses }) => uses.includes(key)).map(({ name }) => name);
  expect(users.sort()).toEqual(['SsnReindex', 'customers']);
});

test('keys that only encrypt what waits or lies somewhere are not drawn', () => {
  const keys = architecture.targets.filter(({ label }) => label.startsWith('KMS:')).map(({ label }) => label);
  expect(keys).toHaveLength(3);
});

test('--help tells how to use it, and an unknown option is told in one line', async () => {
  expect((await run(process.execPath, ['ops/diagram.ts', '--help'])).stdout).toMatch(/^Usage: npm run -s diagram/);
  expectOneLine(await run(process.execPath, ['ops/diagram.ts', '--stage']), /--stage.*--help/);
});

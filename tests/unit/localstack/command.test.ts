import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOneLine, run } from '../../support/programs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-nothing-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const none = Object.fromEntries(['SQS', 'SNS', 'KMS', 'S3'].map(service => [`AWS_ENDPOINT_URL_${service}`, '']));

/** Runs a command where there is no program in PATH and nothing in the cache. */
const alone = (file: string, args: string[] = [], changes: Record<string, string> = {}) =>
  run(process.execPath, [file, ...args], { ...none, PATH: folder, XDG_CACHE_HOME: folder, ...changes });

test('without a Python the tests on an emulator are skipped, and say so', async () => {
  const { code, stdout } = await alone('tests/support/test-localstack.ts');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^SKIPPED: no emulator .* nothing was tested\. No Python 3\.10/),
  ]);
});

test('without a Python and a linter nothing is linted, and that is told', async () => {
  const { code, stdout } = await alone('tests/support/lint-templates.ts', ['dev']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^SKIPPED: no cfn-lint .* nothing was linted\. No Python/)]);
});

test('some of the services elsewhere, and some not, is refused in one line', async () => {
  const refused = await alone('tests/support/test-localstack.ts', [], { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9' });
  expectOneLine(refused, /Set all of AWS_ENDPOINT_URL_SQS, .* to one address, or none/);
});

test.each(['tests/unit/one.test.ts', 'tests/systems'])('%s is none of the tests that an emulator gets', async file => {
  expectOneLine(await alone('tests/support/test-localstack.ts', [file]), /under tests\/database or tests\/system/);
});

test('--help tells how to use it', async () => {
  const { code, stdout } = await alone('tests/support/test-localstack.ts', ['--help']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Usage: npm run test:localstack/)]);
});

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOneLine, run } from '../support/programs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-linter-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command with a cfn-lint in PATH that is a shell script. */
async function lintWith(script: string, ...stages: string[]) {
  const linter = join(folder, 'cfn-lint');
  await writeFile(linter, `#!/bin/sh\nif [ "$1" = --version ]; then echo "cfn-lint 0.0.0"; exit; fi\n${script}\n`);
  await chmod(linter, 0o755);
  const PATH = [folder, process.env.PATH].join(delimiter);
  return run(process.execPath, ['tests/support/lint-templates.ts', ...stages], { PATH });
}

test('the linter is given every template of a stage, and its silence is told', async () => {
  const { code, stdout } = await lintWith(`shift; for each; do echo "$each"; done > ${folder}/given`, 'local');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/cfn-lint 0\.0\.0, installed here\n.*finds no fault in \d+/),
  ]);
  const given = (await run('cat', [join(folder, 'given')])).stdout.trim().split('\n');
  expect(given.filter(path => path.includes('countinghouse-local-')).length).toBeGreaterThanOrEqual(6);
}, 300_000);

test('what the linter finds is printed, and fails the command', async () => {
  const { code, stderr } = await lintWith('echo "E3012 something is wrong"; exit 2', 'prod');
  expect([code, stderr]).toEqual([1, expect.stringContaining('E3012 something is wrong')]);
}, 300_000);

test('a stage that does not exist is told in one line', async () => {
  expectOneLine(await lintWith('exit 0', 'moon'), /no stage moon: choose of local, dev/);
});

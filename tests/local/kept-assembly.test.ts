import { mkdir, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entries } from '../../lib/entries.ts';
import { inputs, keptAssembly } from '../../local/kept-assembly.ts';

let root: string;
let folder: string;
const make = vi.fn(async (_stage: string, made: string) => {
  await mkdir(join(made, 'asset.1'), { recursive: true });
  await writeFile(join(made, 'asset.1', 'index.mjs'), 'export const handler = 1;');
});

beforeEach(async () => {
  make.mockClear();
  root = await mkdtemp(join(tmpdir(), 'countinghouse-kept-'));
  folder = join(root, 'home', 'cdk.out');
  await mkdir(join(root, 'sql', 'functions'), { recursive: true });
  await mkdir(join(root, 'home'));
  await writeFile(join(root, 'sql', 'functions', 'one.sql'), 'select 1');
  await keptAssembly('local', folder, { root, make });
});
afterEach(() => rm(root, { recursive: true }));

test('an assembly is kept while nothing that it was made of has changed', async () => {
  await keptAssembly('local', folder, { root, make });
  expect(make).toHaveBeenCalledTimes(1);
});

test.each<[string, () => Promise<unknown>]>([
  ['a file has another size', () => writeFile(join(root, 'sql', 'functions', 'one.sql'), 'select 1;')],
  ['a file was written again', () => utimes(join(root, 'sql', 'functions', 'one.sql'), 1, 1)],
  ['a file has come', () => writeFile(join(root, 'sql', 'two.sql'), 'select 2')],
  ['a file has gone', () => rm(join(root, 'sql', 'functions', 'one.sql'))],
  ['other packages are installed', () => writeFile(join(root, 'package-lock.json'), '{}')],
  ['a file of the assembly is not whole', () => truncate(join(folder, 'asset.1', 'index.mjs'), 3)],
  ['a file of the assembly has gone', () => rm(join(folder, 'asset.1'), { recursive: true })],
])('it is made anew when %s, and once', async (_, change) => {
  await change();
  await keptAssembly('local', folder, { root, make });
  await keptAssembly('local', folder, { root, make });
  expect(make).toHaveBeenCalledTimes(2);
});

test('it is made anew for another stage', async () => {
  await keptAssembly('dev', folder, { root, make });
  expect(make).toHaveBeenLastCalledWith('dev', folder, {});
});

test('one that failed counts for nothing, even when all is as it was before', async () => {
  await writeFile(join(root, 'sql', 'two.sql'), 'broken');
  const failed = keptAssembly('local', folder, {
    root,
    make: () => Promise.reject(new Error('it did not synthesise')),
  });
  await expect(failed).rejects.toThrow('it did not synthesise');
  await rm(join(root, 'sql', 'two.sql'));
  await keptAssembly('local', folder, { root, make });
  expect(make).toHaveBeenCalledTimes(2);
});

test('all code that the CDK app consists of, and bundles, is among what an assembly is made of', () => {
  const { metafile } = buildSync({
    entryPoints: ['bin/bank.ts', ...entries],
    outdir: '.',
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
    logLevel: 'error',
  });
  const files = Object.keys(metafile.inputs);
  expect(files).toContain('lambdas/domain/money.ts');
  expect(files.filter(file => !inputs.some(input => file === input || file.startsWith(`${input}/`)))).toEqual([]);
});

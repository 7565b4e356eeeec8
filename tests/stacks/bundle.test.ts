import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { App, Duration, FileSystem, Stack } from 'aws-cdk-lib';
import { afterAll, describe, expect, test } from 'vitest';
import { capabilities } from '../../lambdas/runtime/route.ts';
import { stageConfig } from '../../lib/config.ts';
import { BankFunction } from '../../lib/constructs/bank-function.ts';
import { builtEntry } from '../../lib/constructs/built-entry.ts';
import type { BundleOptions } from '../../lib/constructs/bundle.ts';
import { pdfDrawing } from '../../lib/pdf-drawing.ts';
import { documentWith } from '../unit/support/statements.ts';

const scratch = mkdtempSync(join(tmpdir(), 'countinghouse-bundle-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Bundles two functions into a folder of its own and answers where each bundle lies. */
function bundlesIn(folder: string): { system: string; migration: string; names: string[] } {
  const app = new App({ outdir: join(scratch, folder) });
  const stack = new Stack(app, 'bundles');
  const shared = { config: stageConfig('local'), description: 'a test', timeout: Duration.seconds(1) };
  new BankFunction(stack, 'system', { ...shared, entry: 'lambdas/api/system/index.ts' });
  const beside = { sql: 'sql' };
  new BankFunction(stack, 'migration', { ...shared, entry: 'lambdas/deploy/migrate.ts', beside });
  const { directory } = app.synth();
  const names = readdirSync(directory).filter(name => name.startsWith('asset.'));
  const [withSql, without] = [true, false].map(wanted =>
    names.find(name => readdirSync(join(directory, name)).includes('sql') === wanted),
  );
  return { system: join(directory, without ?? ''), migration: join(directory, withSql ?? ''), names };
}

/** Bundles one entry into a folder of its own. @returns where the bundle lies. */
function bundleOf(entry: string, folder: string, beside?: BundleOptions['beside']): string {
  const app = new App({ outdir: join(scratch, folder) });
  new BankFunction(new Stack(app, 'bundles'), 'function', {
    config: stageConfig('local'),
    description: 'a test',
    entry,
    ...(beside && { beside }),
    timeout: Duration.seconds(1),
  });
  const { directory } = app.synth();
  return join(directory, readdirSync(directory).find(name => name.startsWith('asset.')) ?? '');
}

describe('a bundle', () => {
  const { system, migration, names } = bundlesIn('first');

  test('is one ES module that needs no node_modules and exports its handler', async () => {
    expect(readdirSync(system)).toEqual(['index.mjs', 'index.mjs.map']);
    for (const bundle of [system, migration]) {
      const script = `console.log(Object.keys(await import('${pathToFileURL(join(bundle, 'index.mjs'))}')).join())`;
      const options = { cwd: scratch, env: { STAGE: 'local', AWS_REGION: 'us-east-1' } };
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
      expect(stdout.trim()).toBe('handler');
    }
  });

  test('may hold packages that are not ES modules and need Node.js’s own', async () => {
    const bundle = bundleOf('lambdas/adapters/geo-ip.ts', 'required');
    const module = JSON.stringify(pathToFileURL(join(bundle, 'index.mjs')).href);
    const file = join(scratch, 'ask.mjs');
    writeFileSync(
      file,
      `const { createGeoIp } = await import(${module}); console.log(await createGeoIp('.').place('10.0.0.1'))`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: scratch, env: {} });
    expect(stdout.trim()).toBe('null');
  });

  test('is minified and says where its source map is', () => {
    const code = readFileSync(join(system, 'index.mjs'), 'utf8').trimEnd().split('\n');
    expect(code.at(-1)).toBe('//# sourceMappingURL=index.mjs.map');
    expect(Math.max(...code.map(line => line.length))).toBeGreaterThan(1000);
  });

  test('has a source map that names files as seen from the root of the project', () => {
    const { sources } = JSON.parse(readFileSync(join(system, 'index.mjs.map'), 'utf8')) as { sources: string[] };
    expect(sources).toContain('lambdas/api/system/index.ts');
    expect(sources.filter(source => source.startsWith('/') || source.startsWith('..'))).toEqual([]);
  });

  test('has the files and folders beside it that its function asks for', () => {
    expect(readdirSync(join(migration, 'sql'))).toEqual(readdirSync('sql'));
  });

  test('is the same wherever it is built, so that an unchanged function is not deployed again', () => {
    expect(bundlesIn('elsewhere/deeper').names).toEqual(names);
  });
});

describe('a package that stays apart', () => {
  const bundle = bundleOf('lambdas/adapters/statement-pdf.ts', 'apart', pdfDrawing);

  test('is no part of the bundle, and lies beside it with its source map', () => {
    const { sources } = JSON.parse(readFileSync(join(bundle, 'index.mjs.map'), 'utf8')) as { sources: string[] };
    expect(sources.filter(source => source.includes('pdfkit'))).toEqual([]);
    const code = readFileSync(join(bundle, 'js', 'pdfkit.node.mjs'), 'utf8').trimEnd();
    expect(code.slice(code.lastIndexOf('\n') + 1)).toBe('//# sourceMappingURL=pdfkit.node.mjs.map');
    expect(readdirSync(join(bundle, 'js'))).toContain('pdfkit.node.mjs.map');
  });

  test('is found when it is needed', async () => {
    const file = join(scratch, 'draw.mjs');
    const module = JSON.stringify(pathToFileURL(join(bundle, 'index.mjs')).href);
    const document = JSON.stringify(documentWith());
    writeFileSync(
      file,
      `const { statementPdf } = await import(${module}); console.log((await statementPdf(${document})).toString('latin1', 0, 8))`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: scratch, env: {} });
    expect(stdout.trim()).toBe('%PDF-1.7');
  });
});

describe('what a function loads on demand', () => {
  const bundle = bundleOf('lambdas/adapters/vault-on-demand.ts', 'on-demand');

  /** The modules that one imports, and those that they do, without what is loaded on demand. */
  function loadedWith(module: string): string[] {
    const code = readFileSync(join(bundle, module), 'utf8');
    const imported = [...code.matchAll(/(?:from|import)"\.\/(part-\w+\.mjs)"/g)].map(([, part = '']) => part);
    return [module, ...imported.flatMap(loadedWith)];
  }

  test('is in parts beside the bundle, each with its source map, that are not loaded with it', () => {
    const names = readdirSync(bundle);
    const modules = names.filter(name => name.endsWith('.mjs'));
    expect(names.filter(name => name.endsWith('.map'))).toEqual(modules.map(name => `${name}.map`));
    const later = modules.filter(module => !loadedWith('index.mjs').includes(module));
    const usesKms = (module: string) => readFileSync(join(bundle, `${module}.map`), 'utf8').includes('client-kms');
    expect(modules.filter(usesKms)).not.toEqual([]);
    expect(later).toEqual(expect.arrayContaining(modules.filter(usesKms)));
  });

  test('is found when it is needed', async () => {
    const file = join(scratch, 'index-nothing.mjs');
    const module = JSON.stringify(pathToFileURL(join(bundle, 'index.mjs')).href);
    writeFileSync(
      file,
      `const { vaultOnDemand } = await import(${module}); console.log(await vaultOnDemand({ indexKeys: [] }).ssnIndexes(''))`,
    );
    const options = { cwd: scratch, env: { AWS_REGION: 'us-east-1' } };
    const { stdout } = await promisify(execFile)(process.execPath, [file], options);
    expect(stdout.trim()).toBe('[]');
  });
});

test.each(capabilities)('the bundle of %s holds the routes of that capability alone', capability => {
  const { parts, ...start } = builtEntry(process.cwd(), `lambdas/api/${capability}/index.ts`);
  const sources = [start, ...parts.values()].flatMap(
    ({ sourceMap }) => (JSON.parse(sourceMap) as { sources: string[] }).sources,
  );
  const routes = /^lambdas\/api\/contract(\.ts|\/(?!keyed))/;
  expect(sources.filter(source => routes.test(source))).toEqual([`lambdas/api/contract/${capability}.ts`]);
});

describe('large files of a package', () => {
  /** Bundles a function with some of a package's files beside it. */
  function bundleWith(folder: string, files: string[]): { directory: string; hash: string } {
    const app = new App({ outdir: join(scratch, folder) });
    new BankFunction(new Stack(app, 'bundles'), 'system', {
      config: stageConfig('local'),
      description: 'a test',
      entry: 'lambdas/api/system/index.ts',
      packageFiles: { beside: { package: 'swagger-ui-dist', files } },
      timeout: Duration.seconds(1),
    });
    const { directory } = app.synth();
    const name = readdirSync(directory).find(candidate => candidate.startsWith('asset.')) ?? '';
    return { directory: join(directory, name), hash: name.slice('asset.'.length) };
  }

  test('lie beside the bundle, those that were asked for', () => {
    const { directory } = bundleWith('with-files', ['LICENSE', 'NOTICE']);
    expect(readdirSync(directory)).toEqual(['beside', 'index.mjs', 'index.mjs.map']);
    expect(readdirSync(join(directory, 'beside'))).toEqual(['LICENSE', 'NOTICE']);
    const file = readFileSync(join(directory, 'beside', 'LICENSE'), 'utf8');
    expect(file).toBe(readFileSync('node_modules/swagger-ui-dist/LICENSE', 'utf8'));
  });

  test("are known by their names and their package's version, and never read to be hashed", () => {
    const { version } = JSON.parse(readFileSync('node_modules/swagger-ui-dist/package.json', 'utf8'));
    const { directory, hash } = bundleWith('hashed', ['LICENSE']);
    writeFileSync(join(directory, 'beside', 'another'), 'that was not there');
    const extraHash = `beside: swagger-ui-dist@${version} LICENSE`;
    expect(FileSystem.fingerprint(directory, { exclude: ['beside'], extraHash })).toBe(hash);
    expect(bundleWith('hashed-with-another', ['LICENSE', 'NOTICE']).hash).not.toBe(hash);
  });
});

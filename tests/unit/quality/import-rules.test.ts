import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';

const refused = [
  ['lambdas/domain', '../adapters/ledger.ts'],
  ['lambdas/domain/fraud', '../../runtime/route.ts'],
  ['lambdas/domain', '../api/contract.ts'],
  ['lambdas/domain', '../workers/audit.ts'],
  ['lambdas/domain', '@aws-sdk/client-rds-data'],
  ['lambdas/domain', '@aws-lambda-powertools/logger'],
  ['lambdas/domain', 'aws-lambda'],
  ['lambdas/domain', 'node:fs/promises'],
  ['lambdas/domain', '../../lib/config.ts'],
  ['lambdas/domain', './../adapters/ledger.ts'],
  ['lambdas/adapters', '../runtime/environment.ts'],
  ['lambdas/adapters', '../api/contract.ts'],
  ['lambdas/adapters', '../deploy/migrations.ts'],
  ['lambdas/runtime', '../adapters/database.ts'],
  ['lambdas/runtime/http', '../../api/contract.ts'],
  ['lambdas/runtime', '@aws-sdk/client-sqs'],
  ['lambdas/runtime', '@smithy/node-http-handler'],
  ['lambdas/api/accounts', '../../workers/audit.ts'],
  ['lambdas/api/accounts', '../contract.ts'],
  ['lambdas/api', '../deploy/run-migrations.ts'],
  ['lambdas/api/accounts', '@aws-sdk/client-kms'],
  ['lambdas/workers', '../api/contract.ts'],
  ['lambdas/workers', '@aws-sdk/client-sqs'],
  ['lambdas/schedules', '../workers/audit.ts'],
  ['lambdas/schedules', '@aws-sdk/client-sqs'],
  ['lambdas/deploy', '../api/contract.ts'],
  ['lambdas/deploy', '@aws-sdk/client-secrets-manager'],
  ['lambdas/deploy', '../../lib/config.ts'],
  ['lambdas/anything', '@aws-sdk/client-kms'],
  ['lambdas/anything', '../../local/home.ts'],
  ['lib', '../lambdas/runtime/environment.ts'],
  ['lib/stacks', '../../lambdas/adapters/database.ts'],
  ['lib/stacks', '../../lambdas/api/schemas/accounts.ts'],
  ['lib/stacks', '../../bin/bank.ts'],
  ['bin', '../lambdas/api/contract.ts'],
  ...['lambdas/domain', 'lambdas/adapters', 'lambdas/runtime', 'lambdas/deploy', 'lambdas/workers'].flatMap(folder => [
    [folder, '../../local/home.ts'],
    [folder, '../../tests/support/postgres.ts'],
    [folder, '../../bench/load.ts'],
  ]),
  ['lambdas/schedules', '../../tests/support/postgres.ts'],
  ['lambdas/api/accounts', '../../../local/home.ts'],
  ['lib/stacks', '../../local/home.ts'],
  ['bin', '../local/home.ts'],
  ['bin', '../tests/support/postgres.ts'],
  ['bin', '../bench/load.ts'],
  ['local', '../tests/support/postgres.ts'],
  ['local/data-api', '../../bench/load.ts'],
] as const;

const allowed = [
  ['lambdas/domain/fraud', '../money.ts'],
  ['lambdas/domain', 'zod'],
  ['lambdas/adapters', '../domain/errors.ts'],
  ['lambdas/adapters', '@aws-sdk/client-rds-data'],
  ['lambdas/adapters', '@smithy/node-http-handler'],
  ['lambdas/runtime/http', '../../domain/errors.ts'],
  ['lambdas/runtime/http', '../route.ts'],
  ['lambdas/runtime', '@middy/core'],
  ['lambdas/api/accounts', '../contract/accounts.ts'],
  ['lambdas/api/accounts', '../../adapters/accounts.ts'],
  ['lambdas/workers', '../runtime/environment.ts'],
  ['lambdas/schedules', '../adapters/ledger.ts'],
  ['lambdas/deploy', '../domain/errors.ts'],
  ['lib/stacks', '../../lambdas/api/contract.ts'],
  ['lib/stacks', '../../lambdas/domain/caller.ts'],
  ['lib', '../lambdas/runtime/route.ts'],
  ['bin', '../lib/bank.ts'],
  ['local/demo', '../../lambdas/domain/money.ts'],
] as const;

const importForms = [
  ['imported', "import { x } from '../adapters/ledger.ts';\nx();"],
  ['imported for its types', "import type { X } from '../adapters/ledger.ts';\nexport type Y = X;"],
  ['imported for its effect', "import '../adapters/ledger.ts';"],
  ['imported while running', "export const x = await import('../adapters/ledger.ts');"],
  ['exported again', "export { x } from '../adapters/ledger.ts';"],
  ['exported again as a whole', "export * from '../adapters/ledger.ts';"],
] as const;

const findingsSchema = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

let root: string;
let flagged: Set<string>;

/** Where the snippet of a case lies, in paths from the root. */
const fileOf = (kind: string, index: number, folder: string): string => `${folder}/${kind}-${index}.ts`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'countinghouse-imports-'));
  await copyFile('biome.json', join(root, 'biome.json'));
  for (const [kind, cases] of Object.entries({ refused, allowed })) {
    for (const [index, [folder, imported]] of cases.entries()) {
      await writeSnippet(fileOf(kind, index, folder), `import '${imported}';`);
    }
  }
  for (const [index, [, text]] of importForms.entries()) {
    await writeSnippet(fileOf('form', index, 'lambdas/domain'), text);
  }
  flagged = await filesThatBreakImportRules();
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function writeSnippet(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), `${text}\n`);
}

async function filesThatBreakImportRules(): Promise<Set<string>> {
  const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
  const options = ['--vcs-enabled=false', '--only=style/noRestrictedImports', '--max-diagnostics=none'];
  // Biome answers 1 when it finds something: what it found is on stdout all the same.
  const output = await new Promise<string>(resolve => {
    execFile(process.execPath, [biome, 'lint', ...options, '--reporter=json', '.'], { cwd: root }, (_, stdout) =>
      resolve(stdout),
    );
  });
  const { diagnostics } = findingsSchema.parse(JSON.parse(output));
  const found = diagnostics.filter(({ category }) => category === 'lint/style/noRestrictedImports');
  return new Set(found.map(({ location }) => location.path));
}

describe('imports go one way', () => {
  test.each(refused.map(([folder, imported], index) => ({ folder, imported, index })))(
    '$folder may not import $imported',
    ({ folder, index }) => {
      expect(flagged).toContain(fileOf('refused', index, folder));
    },
  );

  test.each(allowed.map(([folder, imported], index) => ({ folder, imported, index })))(
    '$folder may import $imported',
    ({ folder, index }) => {
      expect(flagged).not.toContain(fileOf('allowed', index, folder));
    },
  );

  test.each(importForms.map(([form], index) => ({ form, index })))(
    'a forbidden module is refused when $form',
    ({ index }) => {
      expect(flagged).toContain(fileOf('form', index, 'lambdas/domain'));
    },
  );

  test('every folder of lambdas has import rules of its own', async () => {
    const { overrides } = z
      .object({ overrides: z.array(z.object({ includes: z.array(z.string()) })) })
      .parse(JSON.parse(await readFile('biome.json', 'utf8')));
    const ruled = overrides.flatMap(({ includes }) => includes);
    const entries = await readdir('lambdas', { withFileTypes: true });
    const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => `lambdas/${name}/**`);
    expect(ruled).toEqual(expect.arrayContaining(folders));
  });
});

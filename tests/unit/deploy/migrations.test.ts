import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readScripts } from '../../../lambdas/deploy/migrations.ts';
import { sqlFolder } from '../support/sql-folder.ts';

const files = {
  'migrations/000002_second.sql': 'second',
  'migrations/000010_tenth.sql': 'tenth',
  'migrations/000001_first.sql': 'first',
  'functions/b.sql': 'function b',
  'functions/a.sql': 'function a',
  'views.sql': 'views',
  'roles.sql': 'roles',
};

describe('the scripts', () => {
  test('are the migrations by number, then the programs', async () => {
    const scripts = await readScripts(await sqlFolder(files));
    expect(scripts.map(({ name, text }) => [name, text])).toEqual([
      ['000001_first.sql', 'first'],
      ['000002_second.sql', 'second'],
      ['000010_tenth.sql', 'tenth'],
      ['programs', 'function a\nfunction b\nviews\nroles'],
    ]);
  });

  test('are told apart by the SHA-256 of their text', async () => {
    const [first] = await readScripts(await sqlFolder(files));
    expect(first?.checksum).toBe(createHash('sha256').update('first').digest('hex'));
  });

  test('leave out what is no SQL', async () => {
    const folder = await sqlFolder({ ...files, 'migrations/README.md': 'notes', 'functions/.keep': '' });
    expect(await readScripts(folder)).toEqual(await readScripts(await sqlFolder(files)));
  });

  test('of the bank begin with the ledger and end with its programs', async () => {
    const names = (await readScripts('sql')).map(({ name }) => name);
    expect(names[0]).toBe('000001_ledger.sql');
    expect(names.at(-1)).toBe('programs');
    expect(names.slice(0, -1).every((name, index) => name.startsWith(String(index + 1).padStart(6, '0')))).toBe(true);
  });
});

describe('a change', () => {
  test.each(['functions/a.sql', 'views.sql', 'roles.sql'])('of %s is a change of the programs only', async name => {
    const before = await readScripts(await sqlFolder(files));
    const after = await readScripts(await sqlFolder({ ...files, [name]: 'changed' }));
    const changed = after.filter(({ checksum }, index) => checksum !== before[index]?.checksum);
    expect(changed.map(script => script.name)).toEqual(['programs']);
  });

  test('of a migration is a change of that migration only', async () => {
    const before = await readScripts(await sqlFolder(files));
    const after = await readScripts(await sqlFolder({ ...files, 'migrations/000002_second.sql': 'changed' }));
    const changed = after.filter(({ checksum }, index) => checksum !== before[index]?.checksum);
    expect(changed.map(script => script.name)).toEqual(['000002_second.sql']);
  });

  test('cannot go unnoticed by losing the views or the roles', async () => {
    const { 'roles.sql': _, ...incomplete } = files;
    await expect(readScripts(await sqlFolder(incomplete))).rejects.toThrow(/roles\.sql/);
  });
});

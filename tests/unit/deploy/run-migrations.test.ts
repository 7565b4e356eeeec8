import { describe, expect, test } from 'vitest';
import { runMigrations } from '../../../lambdas/deploy/run-migrations.ts';
import { databaseError } from '../support/data-api-errors.ts';
import { fakeDatabase, functionOf, type SentQuery } from '../support/fake-database.ts';
import { sqlFolder } from '../support/sql-folder.ts';

const files = {
  'migrations/000001_first.sql': "create table first (id uuid); select 'a:b'; -- :name",
  'migrations/000002_second.sql': 'second',
  'functions/a.sql': 'function a',
  'views.sql': 'views',
  'roles.sql': 'roles',
};

const isApply = (query: SentQuery) => functionOf(query) === 'migration.apply';

/** Runs the migrations where the database answers each script so. */
async function migrate(answerScript: (name: unknown) => unknown, progress?: (line: string) => void) {
  const { database, sent } = fakeDatabase(query =>
    isApply(query) ? answerScript(query.parameters.name) : { login: 'x' },
  );
  const logins = { bank_accounts: 'secret-1', bank_payments: "secret-2'; drop" };
  const run = runMigrations({ database, folder: await sqlFolder(files), logins, ...(progress && { progress }) });
  const outcome = await run.catch((error: unknown) => error);
  return { outcome, sent, applied: sent.filter(isApply).map(({ parameters }) => parameters.name) };
}

describe('a run', () => {
  test('prepares the database, then the logins, then applies the scripts in their order, then says the time zone', async () => {
    const { sent } = await migrate(() => ({ applied: true }));
    expect(sent.map(query => functionOf(query) ?? 'bootstrap')).toEqual([
      'bootstrap',
      'migration.ensure_login',
      'migration.ensure_login',
      'migration.apply',
      'migration.apply',
      'migration.apply',
      'bank.set_stage_time_zone',
    ]);
    expect(sent.filter(isApply).map(({ parameters }) => parameters.name)).toEqual([
      '000001_first.sql',
      '000002_second.sql',
      'programs',
    ]);
  });

  test('sends every script as a parameter, never as SQL', async () => {
    const { sent } = await migrate(() => ({ applied: true }));
    const [first] = sent.filter(isApply);
    expect(first?.parameters.text).toBe(files['migrations/000001_first.sql']);
    expect(first?.parameters.checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(sent.filter(isApply).map(({ sql }) => sql)).size).toBe(1);
  });

  test('lets only the programs be applied again', async () => {
    const { sent } = await migrate(() => ({ applied: true }));
    expect(sent.filter(isApply).map(({ parameters }) => parameters.repeatable)).toEqual([false, false, true]);
  });

  test('sends every password as a parameter, never as SQL', async () => {
    const { sent } = await migrate(() => ({ applied: true }));
    expect(sent.filter(query => functionOf(query) === 'migration.ensure_login').map(query => query.parameters)).toEqual(
      [
        { login: 'bank_accounts', secret: 'secret-1' },
        { login: 'bank_payments', secret: "secret-2'; drop" },
      ],
    );
    expect(sent.some(({ sql }) => sql.includes('secret-'))).toBe(false);
  });

  test('makes the twin of a login where its secret names that', async () => {
    const { database, sent } = fakeDatabase(() => ({ applied: false }));
    await runMigrations({ database, folder: await sqlFolder(files), logins: { bank_payments_twin: 'secret' } });
    expect(sent.find(query => functionOf(query) === 'migration.ensure_twin')?.parameters).toEqual({
      login: 'bank_payments',
      twin: 'bank_payments_twin',
      secret: 'secret',
    });
  });

  test('tells which scripts it applied, and only those', async () => {
    const lines: string[] = [];
    const { outcome } = await migrate(
      name => ({ applied: name !== '000001_first.sql' }),
      line => lines.push(line),
    );
    expect(outcome).toEqual(['000002_second.sql', 'programs']);
    expect(lines).toEqual(['applied 000002_second.sql', 'applied programs']);
  });

  test('on a database that is up to date tells that it applied none', async () => {
    expect((await migrate(() => ({ applied: false }))).outcome).toEqual([]);
  });
});

describe('a script that fails', () => {
  const cause = databaseError('42601', 'syntax error at or near "second"');
  const failing = (name: unknown) => {
    if (name === '000002_second.sql') {
      throw cause;
    }
    return { applied: true };
  };

  test('is named, with what the database said and what caused it', async () => {
    const { outcome } = await migrate(failing);
    expect(outcome).toMatchObject({
      message: expect.stringMatching(/000002_second\.sql.*syntax error/),
      cause,
    });
  });

  test('ends the run: nothing after it is applied', async () => {
    expect((await migrate(failing)).applied).toEqual(['000001_first.sql', '000002_second.sql']);
  });
});

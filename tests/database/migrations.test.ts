import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { runMigrations } from '../../lambdas/deploy/run-migrations.ts';
import { type TestDataApi, testDataApi } from '../support/data-api.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let dataApi: TestDataApi;
let folder: string;
beforeEach(async () => {
  await close();
  database = await freshDatabase();
  dataApi = await testDataApi(database.url);
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-sql-'));
  await cp('sql', folder, { recursive: true });
});
afterAll(close);

async function close() {
  await dataApi?.close();
  await database?.drop();
  await (folder && rm(folder, { recursive: true }));
}

/** What an empty database gets: the migrations of the repository in their order, and the programs. */
const shipped = [...(await readdir('sql/migrations')).sort(), 'programs'];

const migrate = () => runMigrations({ database: dataApi.database(), folder, logins: {} });

test('an empty database gets everything, and a second run does nothing', async () => {
  expect(await migrate()).toEqual(shipped);
  expect(await migrate()).toEqual([]);
});

test('a changed function is put in place again, without the migrations', async () => {
  await migrate();
  const file = join(folder, 'functions', 'available_balance.sql');
  await writeFile(
    file,
    'create or replace function bank.available_balance(account bank.accounts) returns numeric language sql stable as $$ select 42.0 $$;',
  );
  expect(await migrate()).toEqual(['programs']);
  const { rows } = await database.pool.query('select bank.available_balance(null::bank.accounts)::text as answer');
  expect(rows).toEqual([{ answer: '42.0' }]);
});

test('a migration that was changed after it was applied is refused by name', async () => {
  await migrate();
  await writeFile(join(folder, 'migrations', '000001_ledger.sql'), 'select 1;');
  await expect(migrate()).rejects.toThrow(
    /000001_ledger.sql failed and changed nothing: .*has changed since it was applied/,
  );
});

test('a script that fails half-way leaves nothing of itself, keeps those before it, and is tried again', async () => {
  const broken = join(folder, 'migrations', '999999_broken.sql');
  await writeFile(broken, 'create table bank.half (id integer); select 1 / 0;');
  await expect(migrate()).rejects.toThrow(/Migration 999999_broken.sql failed and changed nothing/);
  const { rows } = await database.pool.query(
    `select to_regclass('bank.half') as half, to_regclass('bank.accounts') as accounts`,
  );
  expect(rows).toEqual([{ half: null, accounts: 'bank.accounts' }]);
  await writeFile(broken, 'create table bank.whole (id integer);');
  expect(await migrate()).toEqual(['999999_broken.sql', 'programs']);
});

test('two runners at once apply each script once', async () => {
  const [one, two] = await Promise.all([migrate(), migrate()]);
  expect([...one, ...two].sort()).toEqual(shipped);
});

test('a script may hold what looks like parameters, several statements and quotes', async () => {
  await writeFile(
    join(folder, 'migrations', '999999_tricky.sql'),
    `create table bank.tricky (slice integer[]); insert into bank.tricky values ('{1,2,3}');\n-- :not_a_parameter\nselect ':text', slice[1:2] from bank.tricky;`,
  );
  expect(await migrate()).toContain('999999_tricky.sql');
});

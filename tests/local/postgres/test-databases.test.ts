import { expect, test } from 'vitest';
import { bankDatabase, deadlocksLogged, freshDatabase, postgresLog } from '../../support/postgres.ts';

test('two databases of a run are apart from each other', async () => {
  const [one, other] = await Promise.all([freshDatabase(), bankDatabase()]);
  await one.pool.query('create table here (id int)');
  const { rows } = await other.pool.query<{ found: string | null }>(`select to_regclass('here')::text as found`);
  expect(rows).toEqual([{ found: null }]);
  await Promise.all([one.drop(), other.drop()]);
});

test('a database is dropped while sessions use it', async () => {
  const database = await freshDatabase();
  const session = await database.pool.connect();
  session.on('error', () => undefined);
  session.release();
  await database.drop();
  await database.drop();
});

test('a deadlock is found in the log of the database it happened in, and in no other', async () => {
  const [locked, calm] = await Promise.all([freshDatabase(), freshDatabase()]);
  await locked.pool.query('create table rows_ (id int primary key, n int); insert into rows_ values (1, 0), (2, 0)');
  const [first, second] = await Promise.all([locked.pool.connect(), locked.pool.connect()]);
  await first.query('begin; update rows_ set n = 1 where id = 1');
  await second.query('begin; update rows_ set n = 1 where id = 2');
  const outcomes = await Promise.allSettled([
    first.query('update rows_ set n = 2 where id = 2'),
    second.query('update rows_ set n = 2 where id = 1'),
  ]);
  first.release(true);
  second.release(true);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await deadlocksLogged(locked)).toHaveLength(1);
  expect(await deadlocksLogged(calm)).toEqual([]);
  await Promise.all([locked.drop(), calm.drop()]);
});

test("the server's log since a mark holds what was logged after it only", async () => {
  const database = await freshDatabase();
  await database.pool.query('select before_mark').catch(() => undefined);
  const mark = (await postgresLog()).length;
  await database.pool.query('select after_mark').catch(() => undefined);
  const since = await postgresLog(mark);
  expect(since).toContain('after_mark');
  expect(since).not.toContain('before_mark');
  await database.drop();
});

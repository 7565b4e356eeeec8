import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type DataApiUnderTest, dataApiUnderTest, refusalOf } from './data-api-client.ts';

let api: DataApiUnderTest;
beforeAll(async () => {
  // One backend each, so that whatever one call leaves behind, the next would meet.
  api = await dataApiUnderTest({ limits: { statementBackends: 1, transactionBackends: 1 } });
  await api.execute('create table numbers (n int unique)');
});
beforeEach(async () => {
  await api.execute('truncate numbers');
});
afterAll(() => api.stop());

const count = async () => (await api.row('select count(*) from numbers'))[0]?.longValue;

test('two calls at once on one transaction: the second is refused, not queued', async () => {
  const transactionId = await api.begin();
  const slow = api.execute("select pg_sleep(1), 'slow'", [], { transactionId });
  await vi.waitFor(async () => {
    const sql =
      "select 1 from pg_stat_activity where query like '%''slow''%' and state = 'active' and pid <> pg_backend_pid()";
    expect((await api.database.pool.query(sql)).rows).toHaveLength(1);
  }, 10_000);
  const refusals = await Promise.all([
    api.refusal('select 1', [], { transactionId }),
    refusalOf(api.commit(transactionId)),
  ]);
  expect(refusals).toEqual(Array(2).fill('DatabaseErrorException: Transaction is still running a query'));
  await slow;
  expect(await api.rollback(transactionId)).toBe('Rollback Complete');
});

test('what is set outside a transaction is not there for the next statement', async () => {
  await api.execute("set work_mem = '1MB'");
  await api.execute("select set_config('bank.who', 'me', false)");
  await api.execute('begin');
  await api.execute('prepare p as select 1');
  expect(
    await api.row("select current_setting('work_mem') = '1MB', current_setting('bank.who', true)"),
  ).not.toContainEqual({
    booleanValue: true,
  });
  expect(await api.refusal('execute p')).toContain('does not exist');
  await api.execute('insert into numbers values (1)');
  expect(await count()).toBe(1);
});

test('a transaction is of one database', async () => {
  const transactionId = await api.begin('one');
  expect(await api.refusal('select 1', [], { transactionId, database: 'two' })).toMatch(/^ValidationException/);
  await api.rollback(transactionId);
});

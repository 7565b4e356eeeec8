import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../../local/data-api/data-api-client.ts';
import { type DataApiService, dataApiService } from './data-api-service.ts';

// The rules are those of the API Reference (BeginTransaction, CommitTransaction, RollbackTransaction, BatchExecuteStatement).

let api: DataApiService;
beforeAll(async () => {
  // One backend each on ours, so that whatever one call leaves behind, the next would meet.
  api = await dataApiService({ limits: { statementBackends: 1, transactionBackends: 1 } });
  await api.execute('create table numbers (n int unique)');
});
beforeEach(async () => {
  await api.execute('truncate numbers');
});
afterAll(() => api.stop());

const count = async () => (await api.row('select count(*) from numbers'))[0]?.longValue;

test('a committed transaction is there, a rolled back one is not', async () => {
  const kept = await api.begin();
  await api.execute('insert into numbers values (1)', [], { transactionId: kept });
  expect(await count()).toBe(0);
  expect(await api.commit(kept)).toBe('Transaction Committed');
  const dropped = await api.begin();
  await api.execute('insert into numbers values (2)', [], { transactionId: dropped });
  expect(await api.rollback(dropped)).toBe('Rollback Complete');
  expect(await count()).toBe(1);
});

test('a transaction that never was, or has ended, is not found', async () => {
  expect(await api.refusal('select 1', [], { transactionId: 'none' })).toMatch(
    /^TransactionNotFoundException: Transaction none is not found\. Transaction may be expired\.$/,
  );
  const transactionId = await api.begin();
  await api.commit(transactionId);
  expect(await api.refusal('select 1', [], { transactionId })).toContain('termination of your transaction');
  expect(await refusalOf(api.rollback(transactionId))).toMatch(/^TransactionNotFoundException/);
});

test('a failed statement leaves the transaction to be rolled back, and its commit is a rollback', async () => {
  const transactionId = await api.begin();
  await api.execute('insert into numbers values (1)', [], { transactionId });
  expect(await api.refusal('insert into numbers values (1)', [], { transactionId })).toContain('SQLState: 23505');
  expect(await api.refusal('select 1', [], { transactionId })).toContain('SQLState: 25P02');
  expect(await api.commit(transactionId)).toBe('Rollback Complete');
  expect(await count()).toBe(0);
});

test('savepoints work inside a transaction', async () => {
  const transactionId = await api.begin();
  const run = (sql: string) => api.execute(sql, [], { transactionId });
  await run('insert into numbers values (1)');
  await run('savepoint one');
  await run('insert into numbers values (2)');
  await run('rollback to savepoint one');
  await api.commit(transactionId);
  expect(await count()).toBe(1);
});

test('settings and temporary tables live in a transaction, and not in the next', async () => {
  const first = await api.begin();
  const inFirst = { transactionId: first };
  await api.execute("set work_mem = '1MB'", [], inFirst);
  await api.execute('create temp table scratch (n int) on commit preserve rows', [], inFirst);
  expect(await api.row('show work_mem', [], inFirst)).toEqual([{ stringValue: '1MB' }]);
  await api.commit(first);
  const second = await api.begin();
  const inSecond = { transactionId: second };
  expect(await api.row('show work_mem', [], inSecond)).not.toEqual([{ stringValue: '1MB' }]);
  expect(await api.refusal('select * from scratch', [], inSecond)).toContain('SQLState: 42P01');
  await api.rollback(second);
});

test('a batch runs its statement once for each set, all or nothing', async () => {
  const set = (n: number) => [{ name: 'n', value: { longValue: n } }];
  expect(await api.batch('insert into numbers values (:n)', [set(1), set(2)])).toEqual([
    { generatedFields: [] },
    { generatedFields: [] },
  ]);
  expect(await count()).toBe(2);
  expect(await refusalOf(api.batch('insert into numbers values (:n)', [set(3), set(1)]))).toContain('SQLState: 23505');
  expect(await count()).toBe(2);
});

test('a batch takes sets of unlike types, joins a transaction, and without sets does nothing', async () => {
  const transactionId = await api.begin();
  const sets = [[{ name: 'n', value: { stringValue: '7' } }], [{ name: 'n', value: { longValue: 8 } }]];
  await api.batch('insert into numbers values (:n::int)', sets, transactionId);
  await api.rollback(transactionId);
  expect(await count()).toBe(0);
  expect(await api.batch('insert into numbers values (9)')).toEqual([]);
  await api.batch('insert into numbers values (9) returning n', [[]]);
  expect(await count()).toBe(1);
});

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { body, type DataApiUnderTest, dataApiUnderTest, refusalOf } from './data-api-client.ts';

let api: DataApiUnderTest;
beforeAll(async () => {
  api = await dataApiUnderTest({ limits: { statementMs: 1000, statementBackends: 4 } });
});
afterAll(() => api.stop());

const TOO_LARGE = 'UnsupportedResultException: The result exceeds the size limit 1 MB.';

test('a result over 1 MiB is refused, one at the limit is not', async () => {
  // A row costs two bytes and its field four more than its text.
  const [field] = await api.row("select repeat('x', 1048570)");
  expect(field?.stringValue).toHaveLength(1048570);
  expect(await api.refusal("select repeat('x', 1048571)")).toBe(TOO_LARGE);
  expect(await api.refusal("select repeat('x', 1000) from generate_series(1, 1100)")).toBe(TOO_LARGE);
});

test('a result over the limit ends its transaction', async () => {
  const transactionId = await api.begin();
  await api.execute('create table gone (n int)', [], { transactionId });
  expect(await api.refusal("select repeat('x', 1048571)", [], { transactionId })).toBe(TOO_LARGE);
  expect(await api.refusal('select 1', [], { transactionId })).toMatch(
    /^TransactionNotFoundException: .*aborted due to an error/,
  );
  expect(await api.refusal('select * from gone')).toContain('SQLState: 42P01');
});

test('a request over 4 MiB is refused', async () => {
  const sql = 'select 1';
  const parameters = [{ name: 'p', value: { stringValue: 'x'.repeat(4 * 1024 * 1024) } }];
  expect(await api.post('/Execute', body({ sql, parameters }))).toMatchObject({
    status: 413,
    error: 'RequestEntityTooLargeException',
  });
});

test('a statement of more than 65536 characters is refused', async () => {
  expect(await api.refusal(`select '${'x'.repeat(65_536)}'`)).toMatch(
    /^ValidationException: 1 validation error detected: .* at 'sql' .*less than or equal to 65536/,
  );
});

test('a statement over its time is cancelled', async () => {
  await api.execute('create table slow (n int)');
  const sql = 'insert into slow select 1 from pg_sleep(20)';
  expect(await api.refusal(sql)).toMatch(/^StatementTimeoutException/);
  expect(await api.row('select count(*) from slow')).toEqual([{ longValue: 0 }]);
});

test('with continueAfterTimeout the call ends and the statement runs on', async () => {
  await api.execute('create table late (n int)');
  const sql = 'insert into late select 1 from pg_sleep(2)';
  expect(await api.refusal(sql, [], { continueAfterTimeout: true })).toMatch(/^StatementTimeoutException/);
  await vi.waitFor(async () => expect(await api.row('select count(*) from late')).toEqual([{ longValue: 1 }]), 10_000);
});

test('with continueAfterTimeout a statement in time is answered', async () => {
  expect(await api.row('select 1', [], { continueAfterTimeout: true })).toEqual([{ longValue: 1 }]);
});

test('with continueAfterTimeout in a transaction, the transaction is busy until the statement ends', async () => {
  await api.execute('create table later (n int)');
  const transactionId = await api.begin();
  const sql = 'insert into later select 1 from pg_sleep(3)';
  expect(await api.refusal(sql, [], { transactionId, continueAfterTimeout: true })).toMatch(
    /^StatementTimeoutException/,
  );
  expect(await api.refusal('select 1', [], { transactionId })).toContain('Transaction is still running a query');
  const commit = () => api.commit(transactionId);
  expect(await vi.waitFor(commit, { timeout: 10_000, interval: 20 })).toBe('Transaction Committed');
  expect(await api.row('select count(*) from later')).toEqual([{ longValue: 1 }]);
});

test('a transaction left idle ends, and lets its locks go', async () => {
  const impatient = await dataApiUnderTest({ limits: { transactionIdleMs: 1000 } });
  try {
    await impatient.execute('create table locked (n int)');
    const transactionId = await impatient.begin();
    await impatient.execute('lock table locked in access exclusive mode', [], { transactionId });
    await impatient.execute('select * from locked');
    expect(await impatient.refusal('select 1', [], { transactionId })).toContain('Transaction may be expired');
  } finally {
    await impatient.stop();
  }
});

test('a transaction that has lived its time ends, however busy it was', async () => {
  const brief = await dataApiUnderTest({ limits: { transactionMs: 1000 } });
  try {
    const transactionId = await brief.begin();
    const calls = async () => {
      for (;;) await brief.execute('select pg_sleep(0.05)', [], { transactionId });
    };
    expect(await refusalOf(calls())).toContain('Transaction may be expired');
  } finally {
    await brief.stop();
  }
});

test('more statements at once than backends wait for one another', async () => {
  const rows = await Promise.all(Array.from({ length: 40 }, () => api.row('select 1')));
  expect(rows).toHaveLength(40);
});

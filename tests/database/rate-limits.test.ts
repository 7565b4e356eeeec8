import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { capabilities } from '../../lambdas/runtime/route.ts';
import { lockWaits } from '../support/lock-waits.ts';
import { deadlocksLogged } from '../support/postgres.ts';
import { giveLimits } from '../support/rate-limits.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await openTestBank();
});
beforeEach(async () => {
  alice = await bank.customer();
  [from, to] = [await bank.account(alice, '100'), await bank.account(alice)];
  await bank.database.pool.query('delete from bank.rate_counters where customer_id = $1', [alice.id]);
});
afterAll(() => bank?.close());

function transfer(options: { caller?: ActingCaller; key?: string; amount?: string } = {}) {
  const { caller = alice, key, amount = '1' } = options;
  const accounts = { from_account_id: from, to_account_id: to };
  return bank.ledger.postTransfer({ ...accounts, amount, description: undefined, caller, key });
}

const read = (caller = alice) => bank.accounts.readAccount(from, caller);
const limit = (limits: { transfers_per_minute?: number; requests_per_hour?: number }) =>
  giveLimits(bank.database.pool, alice.id, limits);

/** Lets time pass for the counters of the customer, without waiting for it. */
async function pass(interval: string) {
  await bank.database.pool.query(
    `update bank.rate_counters counter set hour_start = hour_start - $2::interval,
            transfers = array(select moment - $2::interval from unnest(transfers) moment order by moment)
      where customer_id = $1`,
    [alice.id, interval],
  );
}

/** The codes of the outcomes that are refusals. */
function refusals(outcomes: PromiseSettledResult<unknown>[]): string[] {
  return outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
}

describe('transfers', () => {
  test('of 25 at once by a customer with the default limit exactly 10 move', async () => {
    await bank.database.pool.query('delete from bank.rate_limits where customer_id = $1', [alice.id]);
    const transactions = await bank.count('transactions');
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, () => transfer()));
    expect(refusals(outcomes)).toEqual(Array.from({ length: 15 }, () => 'RATE_LIMITED'));
    expect([await bank.balance(from), await bank.balance(to)]).toEqual(['90.00', '10.00']);
    expect(await bank.count('transactions')).toBe(transactions + 10);
  });

  test('tell how many are left and when there are more', async () => {
    await limit({ transfers_per_minute: 2 });
    const policy = { policy: 'transfers', quota: 2, window: 60 };
    expect((await transfer()).rate_limit).toEqual({ ...policy, remaining: 1, reset: 60 });
    await pass('20 s');
    expect((await transfer()).rate_limit).toMatchObject({ ...policy, remaining: 0 });
    const { code, details } = await transfer().catch(error => error);
    expect([code, details.rateLimit]).toEqual(['RATE_LIMITED', { ...policy, remaining: 0, reset: details.retryAfter }]);
    expect(details.retryAfter).toBeGreaterThan(30);
    expect(details.retryAfter).toBeLessThanOrEqual(40);
  });

  test('over the limit leave nothing behind, and their key is still good afterwards', async () => {
    await limit({ transfers_per_minute: 1 });
    await transfer();
    const tables = ['transactions', 'events', 'idempotency_keys'];
    const before = await Promise.all(tables.map(table => bank.count(table)));
    const key = randomUUID();
    await expect(transfer({ key })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await Promise.all(tables.map(table => bank.count(table)))).toEqual(before);
    await pass('1 minute');
    expect(await transfer({ key })).toMatchObject({ replayed: false });
  });

  test('are never more than the limit within any 60 seconds, not even around the end of a minute', async () => {
    await limit({ transfers_per_minute: 3 });
    await transfer();
    await pass('30 s');
    await transfer();
    await transfer();
    await pass('30 s');
    expect((await transfer()).rate_limit).toMatchObject({ remaining: 0 });
    await expect(transfer()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await pass('30 s');
    await transfer();
    await transfer();
    await expect(transfer()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('that are refused for another reason count, as they are recorded too', async () => {
    await limit({ transfers_per_minute: 2 });
    const refused = await transfer({ amount: '1000' }).catch(error => error);
    expect(refused).toMatchObject({ code: 'INSUFFICIENT_FUNDS', details: { rateLimit: { remaining: 1 } } });
    await transfer();
    await expect(transfer()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('that are replayed do not count, and do not tell how the caller stands', async () => {
    await limit({ transfers_per_minute: 1 });
    const key = randomUUID();
    const first = await transfer({ key });
    for (let index = 0; index < 3; index += 1) {
      const again = await transfer({ key });
      expect(again).toEqual({ transaction: first.transaction, replayed: true });
    }
    await expect(transfer()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('with a limit of none are all refused', async () => {
    await limit({ transfers_per_minute: 0 });
    await expect(transfer()).rejects.toMatchObject({ code: 'RATE_LIMITED', details: { retryAfter: 60 } });
  });

  test('wait for enough room when the limit was lowered below what the minute holds', async () => {
    await transfer();
    await pass('10 s');
    await transfer();
    await transfer();
    await limit({ transfers_per_minute: 1 });
    const { details } = await transfer().catch(error => error);
    expect(details.retryAfter).toBeGreaterThan(51);
  });

  test("of one customer leave another's room alone, and staff are not limited", async () => {
    await limit({ transfers_per_minute: 0 });
    const bob = await bank.customer();
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => transfer({ caller: teller })));
    expect(refusals(outcomes)).toEqual([]);
    expect(await transfer({ caller: teller })).not.toHaveProperty('rate_limit');
    await expect(transfer({ caller: bob })).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
  });

  test('are what is limited: cash is not', async () => {
    await limit({ transfers_per_minute: 0 });
    const cash = { account_id: from, amount: '1', description: undefined, caller: alice, key: undefined };
    expect(await bank.ledger.postWithdrawal(cash)).not.toHaveProperty('rate_limit');
  });
});

/** Sends a request while another by the same customer has been counted but has not been committed. */
async function overlap<Outcome>(statement: string, parameters: unknown[], request: () => Promise<Outcome>) {
  const other = await bank.database.pool.connect();
  try {
    await other.query('begin');
    const caller = JSON.stringify({ id: alice.id, own_accounts_only: true });
    const { rows } = await other.query(`select ${statement} as answer`, [...parameters, caller]);
    const second = request().catch(error => error);
    await lockWaits(bank.database.pool);
    await other.query('commit');
    return [rows[0].answer, await second];
  } finally {
    other.release();
  }
}

describe('requests', () => {
  test('that overlap do not share the last place of the hour', async () => {
    await limit({ requests_per_hour: 2 });
    await read();
    const [first, second] = await overlap('bank.read_account($1, $2)', [from], () => read());
    expect(first).toHaveProperty('account');
    expect(second).toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('that overlap do not share the last place of the minute', async () => {
    await limit({ transfers_per_minute: 2 });
    await transfer();
    const post = `bank.post_transfer(bank.uuid_v7(), $1, $2, 1, null, 'first', $3)`;
    const [first, second] = await overlap(post, [from, to], () => transfer());
    expect(first).toHaveProperty('transaction');
    expect(second).toMatchObject({ code: 'RATE_LIMITED', details: { rateLimit: { policy: 'transfers' } } });
  });

  test('of 40 at once with a limit of 25 exactly 25 are answered', async () => {
    await limit({ requests_per_hour: 25 });
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => read()));
    expect(refusals(outcomes)).toEqual(Array.from({ length: 15 }, () => 'RATE_LIMITED'));
  });

  test('of every kind count, replays and refusals too', async () => {
    await limit({ requests_per_hour: 7 });
    const page = { limit: 10, cursor: undefined, caller: alice };
    const key = randomUUID();
    const { transaction } = await transfer({ key });
    await transfer({ key });
    await transfer({ amount: '1000' }).catch(() => undefined);
    await bank.transactions.readTransaction(transaction.id, alice);
    await bank.transactions.listTransactions({ account_id: from, ...page });
    await bank.accounts.listAccounts({ customer_id: alice.id, ...page });
    await read();
    const asks = [
      () => transfer({ key }),
      () => bank.transactions.readTransaction(transaction.id, alice),
      () => bank.transactions.listTransactions({ account_id: undefined, ...page }),
      () => bank.accounts.listAccounts({ customer_id: alice.id, ...page }),
      () => read(),
      () => bank.customers.readCustomer(alice.id, alice),
    ];
    for (const ask of asks) {
      await expect(ask()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    }
  });

  test('over the limit say when the hour is over, and then go on', async () => {
    await limit({ requests_per_hour: 1 });
    await read();
    await pass('45 minutes');
    const { code, details } = await read().catch(error => error);
    expect(code).toBe('RATE_LIMITED');
    expect(details.rateLimit).toEqual({
      policy: 'requests',
      quota: 1,
      window: 3600,
      remaining: 0,
      reset: details.retryAfter,
    });
    expect(details.retryAfter).toBeGreaterThan(880);
    expect(details.retryAfter).toBeLessThanOrEqual(900);
    await pass('15 minutes');
    await read();
    await expect(read()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('that are refused do not make the wait longer', async () => {
    await limit({ requests_per_hour: 1 });
    await read();
    await pass('30 minutes');
    for (let index = 0; index < 5; index += 1) {
      await expect(read()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    }
    await pass('30 minutes');
    await read();
  });

  test('of staff are not counted', async () => {
    await limit({ requests_per_hour: 0 });
    await read(teller);
    await expect(read()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await bank.count(`rate_counters where customer_id = '${teller.id}'`)).toBe(0);
  });

  test('of somebody with a token who is no customer yet are counted too', async () => {
    const nobody: ActingCaller = { ...alice, id: randomUUID() };
    await read(nobody).catch(() => undefined);
    expect(await bank.count(`rate_counters where customer_id = '${nobody.id}' and requests = 1`)).toBe(1);
  });

  test('by a frozen customer are refused for that', async () => {
    await bank.customers.freezeCustomer({ customer_id: alice.id, reason: 'suspected', caller: teller });
    await expect(read()).rejects.toMatchObject({ code: 'CUSTOMER_FROZEN' });
    await expect(transfer()).rejects.toMatchObject({ code: 'CUSTOMER_FROZEN' });
  });
});

/**
 * Not for callers of the API: what replaces the key of the blind index, what goes around every other call, and the steps of a
 * verification of the audit, which begins with admitting its caller.
 */
const maintenance = [
  ...['add_ssn_indexes', 'list_unindexed_ssns', 'retire_ssn_indexes', 'with_events'],
  ...['find_audit_seal', 'read_sealed_audit', 'read_unsealed_audit', 'compare_audit', 'describe_audit_log'],
];

test('no function that a login may call does anything for a caller over its limit', async () => {
  await limit({ requests_per_hour: 0 });
  const { rows } = await bank.database.pool.query(
    `select proname as name, pronargs as parameters from pg_proc
      where pronamespace = 'bank'::regnamespace and proname <> all ($1)
        and exists (select from pg_roles where rolname = any ($2) and has_function_privilege(pg_roles.oid, pg_proc.oid, 'execute'))`,
    [maintenance, capabilities.map(capability => `bank_${capability}`)],
  );
  expect(rows.length).toBeGreaterThan(15);
  const caller = JSON.stringify({ id: alice.id, own_accounts_only: true });
  for (const { name, parameters } of rows) {
    const nulls = 'null, '.repeat(parameters - 1);
    const answer = await bank.database.pool.query(`select bank.${name}(${nulls}$1) as answer`, [caller]);
    expect([name, answer.rows[0].answer.refusal?.code]).toEqual([name, 'RATE_LIMITED']);
  }
});

test('after all of this PostgreSQL has logged no deadlock', async () => {
  expect(await deadlocksLogged(bank.database)).toEqual([]);
});

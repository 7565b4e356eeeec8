import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { CreateStandingOrder } from '../../lambdas/adapters/standing-orders.ts';
import { scoreEverything, useFraudRules } from '../support/fraud-rules.ts';
import { notificationsOf, notifyOfEvents } from '../support/notifications.ts';
import { dayFromNow, orderOf, runAll } from '../support/standing-orders.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank?.close());
beforeEach(async () => {
  await useFraudRules(bank.database.pool);
  alice = await bank.customer();
  [from, to] = [await bank.account(alice, '100'), await bank.account(await bank.customer())];
});

const order = (terms: Partial<CreateStandingOrder> = {}) => orderOf(bank, alice, { from, to }, terms);
const read = (id: string) => bank.orders.readOrder(id, alice);
/** What became of this order's due dates by a day, whatever else is due. */
const run = async (id: string, day: string) =>
  (await runAll(bank, day)).flatMap(({ order_id, ...ran }) => (order_id === id ? [ran] : []));

const deposit = (amount: string) =>
  bank.ledger.postDeposit({ account_id: from, amount, description: undefined, caller: teller, key: undefined });

async function eventsOf(id: string, type: string) {
  const { rows } = await bank.database.pool.query(
    'select actor, context, data from bank.events where aggregate_id = $1 and type = $2 order by created_at',
    [id, type],
  );
  return rows;
}

describe('money that is not there', () => {
  test('is asked for again on each of the next three days, each a transfer of its own; then the due date is given up', async () => {
    const { id } = await order({ amount: '100.01', start_date: dayFromNow(1) });
    for (const [after, status] of [
      [1, 'RETRYING'],
      [2, 'RETRYING'],
      [3, 'RETRYING'],
      [4, 'FAILED'],
    ] as const) {
      const failed = { due_date: dayFromNow(1), status, failure_code: 'INSUFFICIENT_FUNDS' };
      expect(await run(id, dayFromNow(after))).toEqual([failed]);
      expect(await run(id, dayFromNow(after))).toEqual([]);
    }
    const { runs, ...after } = await read(id);
    expect(runs).toMatchObject([{ status: 'FAILED', failure_code: 'INSUFFICIENT_FUNDS', attempts: 4 }]);
    expect(after).toMatchObject({ status: 'ACTIVE' });
    expect(after.next_date?.slice(0, 7)).not.toBe(dayFromNow(1).slice(0, 7));
    const { transactions } = await bank.transactions.listTransactions({
      account_id: from,
      limit: 10,
      cursor: undefined,
      caller: alice,
    });
    expect(transactions.filter(({ status }) => status === 'FAILED')).toHaveLength(4);
  });

  test('is told to the customer, with the day on which it is asked for again', async () => {
    const { id } = await order({ amount: '100.01', count: 1 });
    for (let after = 0; after <= 3; after += 1) {
      await run(id, dayFromNow(after));
    }
    await notifyOfEvents(bank.database.pool);
    const told = (await notificationsOf(bank.database.pool, alice.id)).filter(
      ({ kind }) => kind === 'standing-order-failed',
    );
    const facts = { amount: '100.01', currency: 'USD', account: { account_type: 'CHECKING' }, due_date: dayFromNow(0) };
    expect(told).toMatchObject([
      ...[1, 2, 3].map(day => ({ facts: { ...facts, retry_on: dayFromNow(day) } })),
      { facts },
    ]);
    expect(told.at(-1)?.facts).not.toHaveProperty('retry_on');
  });

  test('leaves an event each time, which says when it is asked for again', async () => {
    const { id } = await order({ amount: '100.01', count: 1 });
    for (let after = 0; after <= 3; after += 1) {
      await run(id, dayFromNow(after));
    }
    const told = await eventsOf(id, 'StandingOrderFailed');
    expect(told.map(({ data }) => [data.attempts, data.retry_on])).toEqual([
      [1, dayFromNow(1)],
      [2, dayFromNow(2)],
      [3, dayFromNow(3)],
      [4, null],
    ]);
    expect(told[3]).toMatchObject({
      actor: { id: alice.id },
      data: { failure_code: 'INSUFFICIENT_FUNDS', due_date: dayFromNow(0), status: 'COMPLETED' },
    });
  });

  test('that has come by the next day pays the due date, and nothing more', async () => {
    const { id } = await order({ amount: '150' });
    expect(await run(id, dayFromNow(0))).toMatchObject([{ status: 'RETRYING' }]);
    await deposit('60');
    expect(await run(id, dayFromNow(0))).toEqual([]);
    expect(await run(id, dayFromNow(1))).toEqual([{ due_date: dayFromNow(0), status: 'PAID', failure_code: null }]);
    expect((await read(id)).runs).toMatchObject([{ status: 'PAID', attempts: 2 }]);
    expect(await bank.balance(to)).toBe('150.00');
  });

  test('is not asked for again when the next due date has come: no two are ever open', async () => {
    const { id } = await order({ frequency: 'DAILY', amount: '100.01', count: 2 });
    expect(await run(id, dayFromNow(5))).toEqual([
      { due_date: dayFromNow(0), status: 'FAILED', failure_code: 'INSUFFICIENT_FUNDS' },
      // The last has none after it.
      { due_date: dayFromNow(1), status: 'RETRYING', failure_code: 'INSUFFICIENT_FUNDS' },
    ]);
  });

  test('that is held is not there', async () => {
    const { id } = await order({ amount: '50' });
    const hold = { account_id: from, amount: '60', expires_at: undefined, description: undefined };
    await bank.holds.placeHold({ ...hold, caller: alice, key: undefined });
    expect(await run(id, dayFromNow(0))).toMatchObject([{ status: 'RETRYING', failure_code: 'INSUFFICIENT_FUNDS' }]);
  });

  test('is asked for no more when the order has been cancelled meanwhile', async () => {
    const { id } = await order({ amount: '100.01' });
    await run(id, dayFromNow(0));
    await bank.orders.cancelOrder(id, alice);
    await deposit('100');
    expect(await run(id, dayFromNow(1))).toEqual([]);
    expect((await read(id)).runs).toMatchObject([{ status: 'FAILED', failure_code: 'INSUFFICIENT_FUNDS' }]);
  });
});

describe('what fails for another reason is recorded, and the order goes on', () => {
  const freezeAccount = (account_id: string) =>
    bank.powers.freezeAccount({ account_id, reason: 'a test', caller: teller });

  test.each<[string, string, () => Promise<unknown>]>([
    ['an account that is frozen', 'ACCOUNT_NOT_ACTIVE', () => freezeAccount(from)],
    ['a payee that is frozen', 'ACCOUNT_NOT_ACTIVE', () => freezeAccount(to)],
    [
      'a customer who is frozen',
      'CUSTOMER_FROZEN',
      () => bank.database.pool.query(`update bank.customers set status = 'FROZEN' where id = $1`, [alice.id]),
    ],
    [
      'a user who is disabled',
      'USER_DISABLED',
      () => bank.database.pool.query('insert into bank.disabled_users (user_id) values ($1)', [alice.id]),
    ],
    ['the fraud rules', 'FRAUD_BLOCKED', () => scoreEverything(bank.database.pool, 70)],
  ])('%s', async (_what, failure_code, prepare) => {
    const { id } = await order();
    await prepare();
    const today = dayFromNow(0);
    expect(await run(id, today)).toEqual([{ due_date: today, status: 'FAILED', failure_code }]);
    const { runs, ...after } = await bank.orders.readOrder(id, teller);
    expect(runs).toMatchObject([{ due_date: today, status: 'FAILED', failure_code, attempts: 1 }]);
    expect(after).toMatchObject({ status: 'ACTIVE', next_date: expect.any(String) });
    expect(await eventsOf(id, 'StandingOrderFailed')).toMatchObject([{ data: { failure_code, retry_on: null } }]);
    expect(await bank.balance(to)).toBe('0.00');
  });

  test('the fraud rules leave an alert, and are asked between a customer’s own accounts too', async () => {
    to = await bank.account(alice);
    const { id } = await order();
    await scoreEverything(bank.database.pool, 90);
    expect(await run(id, dayFromNow(0))).toMatchObject([{ failure_code: 'FRAUD_BLOCKED' }]);
    expect(
      (await bank.database.pool.query('select from bank.fraud_alerts where account_id = $1', [from])).rows,
    ).toHaveLength(1);
  });

  test('with an account that has been closed it does not: the order is cancelled', async () => {
    const { id } = await order();
    await bank.powers.closeAccount({
      account_id: to,
      sweep_to_account_id: undefined,
      reason: 'a test',
      key: undefined,
      caller: teller,
    });
    expect(await run(id, dayFromNow(0))).toMatchObject([{ status: 'FAILED', failure_code: 'ACCOUNT_NOT_ACTIVE' }]);
    expect(await read(id)).toMatchObject({ status: 'CANCELLED', next_date: null });
    expect(await eventsOf(id, 'StandingOrderCancelled')).toHaveLength(1);
  });

  test('a defect keeps no other order from being paid, and is tried again the next day', async () => {
    const { id } = await order();
    const other = await order({ from_account_id: await bank.account(alice, '10') });
    await bank.database.pool.query(
      `create function public.break() returns trigger language plpgsql as
         $$ begin if new.from_account_id = '${from}' then raise 'broken'; end if; return new; end $$`,
    );
    await bank.database.pool.query(
      'create trigger broken before insert on bank.transactions for each row execute function public.break()',
    );
    expect(await run(other.id, dayFromNow(0))).toMatchObject([{ status: 'PAID' }]);
    await bank.database.pool.query('drop trigger broken on bank.transactions');
    expect((await read(id)).runs).toMatchObject([{ status: 'RETRYING', failure_code: 'INTERNAL_ERROR' }]);
    expect(await run(id, dayFromNow(1))).toMatchObject([{ status: 'PAID' }]);
  });
});

test('the ledger holds after all of this', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});

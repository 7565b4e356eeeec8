import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { CreateStandingOrder } from '../../lambdas/adapters/standing-orders.ts';
import { useFraudRules } from '../support/fraud-rules.ts';
import { giveLimits } from '../support/rate-limits.ts';
import {
  dayAfter,
  dayFromNow,
  moveBank,
  nextLastOfJanuary,
  orderOf,
  runAll,
  zoneAt,
} from '../support/standing-orders.ts';
import { ledgerDifferences, openTestBank, type TestBank } from '../support/test-bank.ts';

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

async function eventsOf(id: string, type: string) {
  const { rows } = await bank.database.pool.query(
    'select actor, context, data from bank.events where aggregate_id = $1 and type = $2 order by created_at',
    [id, type],
  );
  return rows;
}

describe('a due date', () => {
  test('is paid by a transfer on behalf of the customer, from no address, and the order goes on', async () => {
    const { id } = await order({ description: 'rent' });
    const today = dayFromNow(0);
    expect(await run(id, today)).toEqual([{ due_date: today, status: 'PAID', failure_code: null }]);
    const { runs, ...after } = await read(id);
    expect(runs).toMatchObject([{ due_date: today, status: 'PAID', failure_code: null, attempts: 1 }]);
    const transaction_id = runs[0]?.transaction_id ?? '';
    expect(await bank.transactions.readTransaction(transaction_id, alice)).toMatchObject({
      transaction_type: 'TRANSFER',
      status: 'COMPLETED',
      from_account_id: from,
      to_account_id: to,
      amount: '10.00',
      description: 'rent',
    });
    const [event] = await eventsOf(transaction_id, 'TransactionPosted');
    expect(event).toMatchObject({ actor: { id: alice.id, roles: ['customer'] }, context: { ip: null } });
    expect(after.next_date).toBe(
      (await bank.database.pool.query(`select ($1::date + interval '1 month')::date::text as day`, [today])).rows[0]
        .day,
    );
  });

  test('is paid once, however often the orders are run', async () => {
    const { id } = await order();
    expect(await run(id, dayFromNow(0))).toHaveLength(1);
    expect(await run(id, dayFromNow(0))).toEqual([]);
    expect(await run(id, dayFromNow(1))).toEqual([]);
    expect(await bank.balance(to)).toBe('10.00');
  });

  test('takes no part of the customer’s own limits', async () => {
    await giveLimits(bank.database.pool, alice.id, { transfers_per_minute: 0, requests_per_hour: 1 });
    const { id } = await order();
    expect(await run(id, dayFromNow(0))).toMatchObject([{ status: 'PAID' }]);
  });

  test('that comes after missed ones waits for them: all are caught up, in order', async () => {
    const start = dayFromNow(2);
    const { id } = await order({ frequency: 'WEEKLY', start_date: start });
    expect(await run(id, dayFromNow(1))).toEqual([]);
    const due = [start, dayAfter(start, 7), dayAfter(start, 14)];
    expect(await run(id, dayAfter(start, 16))).toEqual(
      due.map(due_date => ({ due_date, status: 'PAID', failure_code: null })),
    );
    expect((await read(id)).runs.map(({ due_date }) => due_date)).toEqual(due.toReversed());
    expect(await bank.balance(to)).toBe('30.00');
  });
});

describe('an order', () => {
  test('that begins on a 31st is due on the last day of shorter months, and on the 31st after them', async () => {
    const start_date = nextLastOfJanuary();
    const { id } = await order({ start_date, amount: '1' });
    const ran = await run(id, dayAfter(start_date, 95));
    const days = ran.map(({ due_date }) => due_date.slice(5));
    expect([days[0], days[2], days[3]]).toEqual(['01-31', '03-31', '04-30']);
    expect(days[1]).toMatch(/^02-2[89]$/);
  });

  test.each([
    ['2028-01-31', 'MONTHLY', 1, '2028-02-29'],
    ['2027-01-31', 'MONTHLY', 1, '2027-02-28'],
    ['2027-01-31', 'MONTHLY', 2, '2027-03-31'],
    ['2027-01-30', 'MONTHLY', 1, '2027-02-28'],
    ['2027-11-30', 'MONTHLY', 3, '2028-02-29'],
    ['2027-12-31', 'DAILY', 1, '2028-01-01'],
    ['2028-02-26', 'WEEKLY', 1, '2028-03-04'],
  ])('that begins on %s, %s, has its due date number %i on %s', async (start, frequency, number, due) => {
    const { rows } = await bank.database.pool.query('select bank.due_date_of($1, $2, $3)::text as due', [
      start,
      frequency,
      number,
    ]);
    expect(rows[0].due).toBe(due);
  });

  test.each([
    ['after so many due dates', { count: 2 }],
    ['after its last day', { end_date: dayFromNow(13) }],
  ])('ends %s, with an event', async (_what, terms) => {
    const { id } = await order({ frequency: 'WEEKLY', ...terms });
    expect(await run(id, dayFromNow(30))).toHaveLength(2);
    expect(await read(id)).toMatchObject({ status: 'COMPLETED', next_date: null });
    expect(await eventsOf(id, 'StandingOrderCompleted')).toHaveLength(1);
  });
});

test.each([
  ['2027-03-01T05:59:59Z', 'UTC', null],
  ['2027-03-01T06:00:00Z', 'UTC', '2027-03-01'],
  ['2027-03-01T23:59:59Z', 'UTC', '2027-03-01'],
  ['2027-03-01T10:59:59Z', 'America/New_York', null],
  ['2027-03-01T11:00:00Z', 'America/New_York', '2027-03-01'],
  ['2027-03-02T04:59:59Z', 'America/New_York', '2027-03-01'],
  ['2027-03-02T05:00:00Z', 'America/New_York', null],
])('at %s in %s, the day whose orders may run is %s', async (at, zone, day) => {
  await bank.database.pool.query('update bank.fraud_settings set time_zone = $1', [zone]);
  const { rows } = await bank.database.pool.query('select bank.standing_orders_day($1)::text as day', [at]);
  await bank.database.pool.query(`update bank.fraud_settings set time_zone = 'UTC'`);
  expect(rows[0].day).toBe(day);
});

test('without a day the orders of the bank’s today run, and none before six in the morning', async () => {
  const { id } = await order();
  await bank.database.pool.query(
    `update bank.standing_orders set due_date = '2020-01-01', attempt_on = '2020-01-01' where id = $1`,
    [id],
  );
  await moveBank(bank.database.pool, zoneAt(3));
  expect(await bank.orderRuns.runNext(null)).toBeNull();
  await moveBank(bank.database.pool, zoneAt(12));
  expect(await bank.orderRuns.runNext(null)).toMatchObject({ order_id: id, status: 'PAID' });
  await moveBank(bank.database.pool, 'UTC');
});

test('the ledger holds after all of this', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});

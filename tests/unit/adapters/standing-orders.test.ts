import { describe, expect, test } from 'vitest';
import { createStandingOrderRuns } from '../../../lambdas/adapters/standing-order-runs.ts';
import { createStandingOrders, type StandingOrders } from '../../../lambdas/adapters/standing-orders.ts';
import { decodeCursor, encodeCursor } from '../../../lambdas/domain/page.ts';
import { customer } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { accountId, otherAccountId } from '../support/records.ts';
import { orderId, orderWith, orderWithRuns, otherOrderId } from '../support/standing-orders.ts';

const uuid7 = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
const ownCaller = expect.stringContaining('"own_accounts_only":true');
const caller = customer;

/** Asks where the database answers so, and answers the one query that was sent. */
async function ask<Outcome>(work: (orders: StandingOrders) => Promise<Outcome>, reply: unknown) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await work(createStandingOrders(database));
  expect(sent).toHaveLength(1);
  return { outcome, query: sent[0] ?? { sql: '', parameters: {} } };
}

describe('making an order', () => {
  const details = {
    from_account_id: accountId,
    to_account_id: otherAccountId,
    amount: '12.50',
    description: 'Rent',
    frequency: 'MONTHLY' as const,
    start_date: '2026-01-31',
    end_date: undefined,
    count: 12,
  };
  const make = (key?: string) =>
    ask(orders => orders.createOrder({ ...details, caller, key }), { standing_order: orderWith() });

  test('is one call, with all that was asked for in one document', async () => {
    const { query, outcome } = await make('key-1');
    expect(functionOf(query)).toBe('bank.create_standing_order');
    expect(castsOf(query)).toEqual({ id: 'uuid', details: 'jsonb', key: 'text', caller: 'jsonb' });
    expect(query.parameters).toEqual({ id: uuid7, details: expect.any(String), key: 'key-1', caller: ownCaller });
    const { end_date: _, ...asked } = details;
    expect(JSON.parse(String(query.parameters.details))).toEqual(asked);
    expect(outcome).toEqual({ standing_order: orderWith(), replayed: false });
  });

  test('without a key has its own id for one', async () => {
    const { parameters } = (await make()).query;
    expect(parameters.key).toBe(parameters.id);
  });
});

test.each([
  ['pausing', 'bank.pause_standing_order', 'pauseOrder'],
  ['resuming', 'bank.resume_standing_order', 'resumeOrder'],
  ['cancelling', 'bank.cancel_standing_order', 'cancelOrder'],
] as const)(
  '%s an order is one call with an id of its own, and answers the order',
  async (_what, sqlFunction, verb) => {
    const { query, outcome } = await ask(orders => orders[verb](orderId, caller), { standing_order: orderWith() });
    expect(functionOf(query)).toBe(sqlFunction);
    expect(castsOf(query)).toEqual({ id: 'uuid', order_id: 'uuid', caller: 'jsonb' });
    expect(query.parameters).toEqual({ id: uuid7, order_id: orderId, caller: ownCaller });
    expect(outcome).toEqual(orderWith());
  },
);

test('reading an order is one call, and answers what became of its due dates', async () => {
  const { query, outcome } = await ask(orders => orders.readOrder(orderId, caller), {
    standing_order: orderWithRuns(),
  });
  expect(functionOf(query)).toBe('bank.read_standing_order');
  expect(query.parameters).toEqual({ order_id: orderId, caller: ownCaller });
  expect(outcome).toEqual(orderWithRuns());
});

describe('a page of orders', () => {
  const list = (reply: unknown, terms: { account_id?: string; cursor?: string } = {}) => {
    const { account_id, cursor } = terms;
    return ask(orders => orders.listOrders({ account_id, limit: 1, cursor, caller }), reply);
  };

  test('is one call, and asks for one more to know whether there is another page', async () => {
    const reply = { standing_orders: [orderWith(), orderWith({ id: otherOrderId })] };
    const { query, outcome } = await list(reply, { account_id: accountId });
    expect(functionOf(query)).toBe('bank.list_standing_orders');
    expect(query.parameters).toMatchObject({ account_id: accountId, before_created_at: null, page_size: 2 });
    expect(outcome.standing_orders).toEqual([orderWith()]);
    expect(decodeCursor('standing-orders', outcome.next_cursor ?? '').id).toBe(orderId);
  });

  test('goes on from a cursor of its own, and from no other', async () => {
    const place = { created_at: orderWith().created_at, id: orderId };
    const reply = { standing_orders: [] };
    const { query } = await list(reply, { cursor: encodeCursor('standing-orders', place) });
    expect(query.parameters).toMatchObject({
      account_id: null,
      before_created_at: place.created_at,
      before_id: orderId,
    });
    const error = await bankErrorOf(() => list(reply, { cursor: encodeCursor('holds', place) }));
    expect(error.details.fields).toMatchObject([{ field: 'cursor' }]);
  });
});

describe('running the next due date', () => {
  const run = async (reply: unknown, day: string | null = null) => {
    const { database, sent } = fakeDatabase(() => reply);
    return { outcome: await createStandingOrderRuns(database).runNext(day), sent };
  };

  test('is one call, of the bank’s own day or a named one, and answers what became of it', async () => {
    const ran = { order_id: orderId, due_date: '2026-02-28', status: 'FAILED', failure_code: 'FRAUD_BLOCKED' };
    const { outcome, sent } = await run(ran, '2026-03-01');
    expect(sent).toEqual([
      { sql: 'select bank.run_standing_order(:run_date::date)', parameters: { run_date: '2026-03-01' } },
    ]);
    expect(outcome).toEqual(ran);
    expect((await run(ran)).sent[0]?.parameters).toEqual({ run_date: null });
  });

  test('answers nothing when nothing is due', async () => {
    expect((await run({ order_id: null })).outcome).toBeNull();
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { CreateStandingOrder } from '../../lambdas/adapters/standing-orders.ts';
import { backdate, dayAfter, dayFromNow, orderOf, runAll } from '../support/standing-orders.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
let accounts: { from: string; to: string };
beforeAll(async () => {
  bank = await openTestBank();
  [alice, bob] = [await bank.customer(), await bank.customer()];
  accounts = { from: await bank.account(alice, '1000'), to: await bank.account(bob) };
});
afterAll(() => bank?.close());

const create = (terms: Partial<CreateStandingOrder> = {}) => orderOf(bank, alice, accounts, terms);

async function eventsOf(id: string) {
  const { rows } = await bank.database.pool.query(
    'select type, data from bank.events where aggregate_id = $1 order by created_at',
    [id],
  );
  return rows;
}

describe('a standing order', () => {
  test('is made on an account of the caller’s, and moves nothing until it is due', async () => {
    const start_date = dayFromNow(3);
    const order = await create({ amount: '12.5', start_date, count: 12, description: 'rent' });
    expect(order).toMatchObject({
      customer_id: alice.id,
      from_account_id: accounts.from,
      to_account_id: accounts.to,
      amount: '12.50',
      currency: 'USD',
      description: 'rent',
      frequency: 'MONTHLY',
      start_date,
      end_date: null,
      count: 12,
      status: 'ACTIVE',
      next_date: start_date,
    });
    expect(await bank.orders.readOrder(order.id, alice)).toEqual({ ...order, runs: [] });
    const [event] = await eventsOf(order.id);
    expect(event).toMatchObject({ type: 'StandingOrderCreated', data: { id: order.id, amount: '12.50' } });
    expect(event.data).not.toHaveProperty('description');
  });

  test('may promise money that is not there yet', async () => {
    expect((await create({ amount: '999999' })).status).toBe('ACTIVE');
  });

  test('begins today or within a year, by the calendar of the bank’s time zone', async () => {
    const zone = (name: string) => bank.database.pool.query('update bank.fraud_settings set time_zone = $1', [name]);
    const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
    for (const name of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      await zone(name);
      const today = dayIn(name);
      await expect(create({ start_date: dayAfter(today, -1) })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
        details: { fields: [{ field: 'start_date', message: expect.stringContaining(today) }] },
      });
      expect((await create({ start_date: today })).next_date).toBe(today);
    }
    await zone('UTC');
    await expect(create({ start_date: dayFromNow(367) })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('under a key is made once', async () => {
    const key = randomUUID();
    const first = await create({ key, amount: '7' });
    expect(await create({ key, amount: '7.00' })).toEqual(first);
    await expect(create({ key, amount: '8' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('by a teller is on behalf of the account’s owner', async () => {
    expect((await create({ caller: teller })).customer_id).toBe(alice.id);
  });

  test('from an account that is not the caller’s, to none, in another currency or with one that is frozen is refused', async () => {
    const euros = await bank.account(bob, '0', { currency: 'EUR' });
    const frozen = await bank.account(bob);
    await bank.powers.freezeAccount({ account_id: frozen, reason: 'a test', caller: teller });
    for (const [code, field, terms] of [
      ['NOT_YOUR_ACCOUNT', 'from_account_id', { caller: bob }],
      ['ACCOUNT_NOT_FOUND', 'from_account_id', { from_account_id: randomUUID() }],
      ['ACCOUNT_NOT_FOUND', 'to_account_id', { to_account_id: randomUUID() }],
      ['CURRENCY_MISMATCH', 'to_account_id', { to_account_id: euros }],
      ['ACCOUNT_NOT_ACTIVE', 'to_account_id', { to_account_id: frozen }],
      ['AMOUNT_NOT_REPRESENTABLE', 'amount', { amount: '0.001' }],
    ] as const) {
      await expect(create(terms)).rejects.toMatchObject({ code, details: { fields: [{ field }] } });
    }
  });

  test('is one of at most 100 of a customer that have not ended', async () => {
    const carol = await bank.customer();
    const hers = { from: await bank.account(carol), to: accounts.to };
    const orders = await Promise.all(Array.from({ length: 100 }, () => orderOf(bank, carol, hers)));
    await expect(orderOf(bank, carol, hers)).rejects.toMatchObject({ code: 'TOO_MANY_STANDING_ORDERS' });
    await bank.orders.cancelOrder(orders[0]?.id ?? '', carol);
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => orderOf(bank, carol, hers)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('reading', () => {
  test('an order is for its customer and for staff', async () => {
    const { id } = await create();
    expect((await bank.orders.readOrder(id, teller)).id).toBe(id);
    await expect(bank.orders.readOrder(id, bob)).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
    await expect(bank.orders.readOrder(randomUUID(), alice)).rejects.toMatchObject({
      code: 'STANDING_ORDER_NOT_FOUND',
    });
  });

  test('lists come newest first, page by page, of one account that pays or all the caller’s own', async () => {
    const dan = await bank.customer();
    const [one, two] = [await bank.account(dan), await bank.account(dan)];
    const made: string[] = [];
    for (const from of [one, two, one]) {
      made.unshift((await orderOf(bank, dan, { from, to: accounts.to })).id);
    }
    const list = async (account_id?: string) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await bank.orders.listOrders({ account_id, limit: 2, cursor, caller: dan });
        ids.push(...page.standing_orders.map(({ id }) => id));
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return ids;
    };
    expect(await list()).toEqual(made);
    expect(await list(one)).toEqual([made[0], made[2]]);
    await expect(list(accounts.from)).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
    await expect(list(randomUUID())).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
      details: { fields: [{ field: 'account_id' }] },
    });
  });
});

describe('pausing, resuming and cancelling', () => {
  test('say how an order is to be: saying it twice changes nothing and leaves one event', async () => {
    const { id } = await create({ start_date: dayFromNow(5) });
    const paused = await bank.orders.pauseOrder(id, alice);
    expect(paused).toMatchObject({ status: 'PAUSED', next_date: dayFromNow(5) });
    expect(await bank.orders.pauseOrder(id, alice)).toEqual(paused);
    expect((await bank.orders.resumeOrder(id, alice)).status).toBe('ACTIVE');
    expect((await bank.orders.resumeOrder(id, alice)).status).toBe('ACTIVE');
    expect(await bank.orders.cancelOrder(id, alice)).toMatchObject({ status: 'CANCELLED', next_date: null });
    expect((await bank.orders.cancelOrder(id, alice)).status).toBe('CANCELLED');
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual([
      'StandingOrderCreated',
      'StandingOrderPaused',
      'StandingOrderResumed',
      'StandingOrderCancelled',
    ]);
  });

  test('are refused once the order has ended, to strangers, and of an order that is not there', async () => {
    const { id } = await create();
    for (const move of ['pauseOrder', 'resumeOrder', 'cancelOrder'] as const) {
      await expect(bank.orders[move](id, bob)).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
      await expect(bank.orders[move](randomUUID(), alice)).rejects.toMatchObject({ code: 'STANDING_ORDER_NOT_FOUND' });
    }
    await bank.orders.cancelOrder(id, teller);
    for (const move of ['pauseOrder', 'resumeOrder'] as const) {
      await expect(bank.orders[move](id, alice)).rejects.toMatchObject({ code: 'STANDING_ORDER_ENDED' });
    }
  });

  test('keep what falls due meanwhile from being paid, then and later', async () => {
    const { id } = await create({ frequency: 'DAILY' });
    await backdate(bank, id, dayFromNow(-10));
    await bank.orders.pauseOrder(id, alice);
    expect(await runAll(bank, dayFromNow(0))).not.toContainEqual(expect.objectContaining({ order_id: id }));
    expect(await bank.orders.resumeOrder(id, alice)).toMatchObject({ status: 'ACTIVE', next_date: dayFromNow(0) });
    expect(await runAll(bank, dayFromNow(0))).toContainEqual(
      expect.objectContaining({ order_id: id, due_date: dayFromNow(0), status: 'PAID' }),
    );
  });

  test('count what falls due meanwhile: an order all of whose due dates are over has come to its end', async () => {
    const { id } = await create({ frequency: 'DAILY', count: 3 });
    await backdate(bank, id, dayFromNow(-10));
    await bank.orders.pauseOrder(id, alice);
    expect(await bank.orders.resumeOrder(id, alice)).toMatchObject({ status: 'COMPLETED', next_date: null });
  });
});

test('no order and no run is ever removed', async () => {
  for (const table of ['standing_orders', 'standing_order_runs']) {
    await expect(bank.database.pool.query(`truncate bank.${table} cascade`)).rejects.toThrow('refused');
  }
});

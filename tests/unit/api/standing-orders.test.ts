import { describe, expect, test } from 'vitest';
import { cancelStandingOrder } from '../../../lambdas/api/orders/cancel-standing-order.ts';
import { createStandingOrder } from '../../../lambdas/api/orders/create-standing-order.ts';
import { getStandingOrder } from '../../../lambdas/api/orders/get-standing-order.ts';
import { listStandingOrders } from '../../../lambdas/api/orders/list-standing-orders.ts';
import { pauseStandingOrder } from '../../../lambdas/api/orders/pause-standing-order.ts';
import { resumeStandingOrder } from '../../../lambdas/api/orders/resume-standing-order.ts';
import { customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf } from '../support/events.ts';
import { send } from '../support/fakes.ts';
import { accountId, otherAccountId } from '../support/records.ts';
import { fakeOrders, orderId, orderWith, orderWithRuns } from '../support/standing-orders.ts';

const params = { id: orderId };
const caller = expect.objectContaining({ id: customerId, ownAccountsOnly: true });
const wanted = {
  from_account_id: accountId,
  to_account_id: otherAccountId,
  amount: '12.50',
  frequency: 'MONTHLY',
  start_date: '2026-01-31',
};

describe('making an order', () => {
  const make = async (body: object | string) => {
    const orders = fakeOrders();
    const answer = await send(createStandingOrder, { orders }, { body, headers: { 'idempotency-key': 'key-1' } });
    return { ...answer, asked: orders.createOrder.mock.calls[0]?.[0] };
  };

  test('becomes one command, and answers 201 with the order', async () => {
    const { asked, statusCode, json } = await make({ ...wanted, description: 'Rent', end_date: '2026-12-31' });
    expect(asked).toEqual({
      ...wanted,
      description: 'Rent',
      end_date: '2026-12-31',
      count: undefined,
      caller,
      key: 'key-1',
    });
    expect([statusCode, json]).toEqual([201, orderWith()]);
  });

  test('takes a number of due dates as a JSON number', async () => {
    expect((await make({ ...wanted, count: 12 })).asked).toMatchObject({ count: 12, end_date: undefined });
  });

  test.each([
    [{ to_account_id: accountId }, 'to_account_id'],
    [{ amount: '0' }, 'amount'],
    [{ frequency: 'monthly' }, 'frequency'],
    [{ frequency: 'YEARLY' }, 'frequency'],
    [{ start_date: '31.01.2026' }, 'start_date'],
    [{ start_date: '2026-02-30' }, 'start_date'],
    [{ end_date: '2026-01-30' }, 'end_date'],
    [{ end_date: '2026-12-31', count: 3 }, 'count'],
    [{ count: 0 }, 'count'],
    [{ count: 1.5 }, 'count'],
    [{ count: '12' }, 'count'],
    [{ next_date: '2026-02-28' }, 'next_date'],
    [{ customer_id: customerId }, 'customer_id'],
  ])('with %j is refused', async (change, field) => {
    expect(await refusedFields(() => make({ ...wanted, ...change }))).toEqual([field]);
  });
});

describe.each([
  { name: 'pausing', handler: pauseStandingOrder, command: 'pauseOrder', status: 'PAUSED' },
  { name: 'resuming', handler: resumeStandingOrder, command: 'resumeOrder', status: 'ACTIVE' },
  { name: 'cancelling', handler: cancelStandingOrder, command: 'cancelOrder', status: 'CANCELLED' },
] as const)('$name', ({ handler, command, status }) => {
  test('needs no body and no If-Match, and answers the order', async () => {
    const orders = fakeOrders();
    const { statusCode, json } = await send(handler, { orders }, { params });
    expect(orders[command]).toHaveBeenCalledExactlyOnceWith(orderId, caller);
    expect([statusCode, json.status]).toEqual([200, status]);
  });

  test('takes no body that says anything', async () => {
    const attempt = () => send(handler, { orders: fakeOrders() }, { params, body: { status: 'ACTIVE' } });
    expect(await refusedFields(attempt)).toEqual(['status']);
  });

  test.each(['analyst', 'auditor', 'admin', 'compliance'])('is not for an %s', async group => {
    const attempt = () => send(handler, { orders: fakeOrders() }, { params, claims: claimsOf(group) });
    expect((await bankErrorOf(attempt)).code).toBe('FORBIDDEN');
  });
});

test('an order is read with what became of its due dates', async () => {
  const orders = fakeOrders();
  expect((await send(getStandingOrder, { orders }, { params })).json).toEqual(orderWithRuns());
  expect(orders.readOrder).toHaveBeenCalledExactlyOnceWith(orderId, caller);
});

test('orders are listed of one account that pays, or all the caller’s own', async () => {
  const orders = fakeOrders();
  const query = { account_id: accountId, limit: '5', cursor: 'abc' };
  const { json } = await send(listStandingOrders, { orders }, { query });
  expect(json).toEqual({ standing_orders: [orderWith()], next_cursor: 'next' });
  await send(listStandingOrders, { orders }, {});
  expect(orders.listOrders.mock.calls.map(([asked]) => asked)).toEqual([
    { account_id: accountId, limit: 5, cursor: 'abc', caller },
    { account_id: undefined, limit: 50, cursor: undefined, caller },
  ]);
});

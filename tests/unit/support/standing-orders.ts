import { type Mocked, vi } from 'vitest';
import type { StandingOrders } from '../../../lambdas/adapters/standing-orders.ts';
import type { StandingOrder } from '../../../lambdas/domain/standing-order.ts';
import { customerId } from './callers.ts';
import { accountId, otherAccountId, transactionId } from './records.ts';

export const orderId = '018f2f3a-0000-7000-8000-00000000d001';
export const otherOrderId = '018f2f3a-0000-7000-8000-00000000d002';

/** A standing order as the database answers it, with the changes given. */
export function orderWith(changes: Partial<StandingOrder> = {}): StandingOrder {
  return {
    id: orderId,
    customer_id: customerId,
    from_account_id: accountId,
    to_account_id: otherAccountId,
    amount: '12.50',
    currency: 'USD',
    description: 'Rent',
    frequency: 'MONTHLY',
    start_date: '2026-01-31',
    end_date: null,
    count: 12,
    status: 'ACTIVE',
    next_date: '2026-02-28',
    created_at: '2026-01-02T03:04:05.123456+00:00',
    updated_at: '2026-02-03T04:05:06.123456+00:00',
    ...changes,
  };
}

/** The order with what became of its first due date. */
export function orderWithRuns() {
  const run = {
    due_date: '2026-01-31',
    status: 'PAID' as const,
    failure_code: null,
    transaction_id: transactionId,
    attempts: 1,
    attempted_at: '2026-01-31T06:00:01.123456+00:00',
  };
  return { ...orderWith(), runs: [run] };
}

/** Standing orders of which every one is found and every command succeeds. */
export function fakeOrders(): Mocked<StandingOrders> {
  return {
    createOrder: vi.fn(async () => ({ standing_order: orderWith(), replayed: false })),
    pauseOrder: vi.fn(async () => orderWith({ status: 'PAUSED' })),
    resumeOrder: vi.fn(async () => orderWith()),
    cancelOrder: vi.fn(async () => orderWith({ status: 'CANCELLED', next_date: null })),
    readOrder: vi.fn(async () => orderWithRuns()),
    listOrders: vi.fn(async () => ({ standing_orders: [orderWith()], next_cursor: 'next' })),
  };
}

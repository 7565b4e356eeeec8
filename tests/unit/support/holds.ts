import { type Mocked, vi } from 'vitest';
import type { Holds } from '../../../lambdas/adapters/holds.ts';
import type { Hold } from '../../../lambdas/domain/hold.ts';
import { accountId, transactionWith } from './records.ts';

export const holdId = '018f2f3a-0000-7000-8000-00000000b001';
export const otherHoldId = '018f2f3a-0000-7000-8000-00000000b002';

/** A hold as the database answers it, with the changes given. */
export function holdWith(changes: Partial<Hold> = {}): Hold {
  return {
    id: holdId,
    account_id: accountId,
    amount: '60.00',
    captured_amount: '0.00',
    currency: 'USD',
    status: 'OPEN',
    description: 'Hotel',
    transaction_ids: [],
    expires_at: '2026-02-10T04:05:06.123456+00:00',
    created_at: '2026-02-03T04:05:06.123456+00:00',
    ended_at: null,
    ...changes,
  };
}

/** Holds of which every one is found and every command succeeds. */
export function fakeHolds(): Mocked<Holds> {
  return {
    placeHold: vi.fn(async () => ({ hold: holdWith(), replayed: false })),
    captureHold: vi.fn(async () => ({ hold: holdWith(), transaction: transactionWith(), replayed: false })),
    releaseHold: vi.fn(async () => holdWith({ status: 'RELEASED' })),
    readHold: vi.fn(async () => holdWith()),
    listHolds: vi.fn(async () => ({ holds: [holdWith()], next_cursor: 'next' })),
  };
}

import { type Mocked, vi } from 'vitest';
import type { FeeWaivers } from '../../../lambdas/adapters/fee-waivers.ts';
import type { Fees } from '../../../lambdas/adapters/fees.ts';
import type { Fee, FeeRule } from '../../../lambdas/domain/fee.ts';
import { accountId, transactionId, transactionWith } from './records.ts';

/** A fee as the database answers it, with the changes given. */
export function feeWith(changes: Partial<Fee> = {}): Fee {
  return {
    id: '018f2f3a-0000-7000-8000-00000000e001',
    account_id: accountId,
    fee_type: 'OVERDRAFT',
    day: '2026-02-28',
    amount: '25.00',
    currency: 'USD',
    status: 'CHARGED',
    transaction_id: transactionId,
    created_at: '2026-03-01T01:30:00.123456+00:00',
    ...changes,
  };
}

/** A rule of the fees as the database answers it. */
export function feeRuleWith(): FeeRule {
  return {
    id: '00000000-0000-8000-8000-0000000000f3',
    fee_type: 'OVERDRAFT',
    account_type: 'CHECKING',
    currency: 'USD',
    amount: '25.00',
    minimum_balance: null,
    enabled: true,
    version: 2,
    updated_at: '2026-02-03T04:05:06.123456+00:00',
  };
}

/** Fees, and rules that may be set. */
export function fakeFees(): Mocked<Fees> {
  return {
    listFees: vi.fn(async () => ({ fees: [feeWith()], next_cursor: 'next' })),
    listRules: vi.fn(async () => [feeRuleWith()]),
    setRule: vi.fn(async () => feeRuleWith()),
  };
}

/** Fees of which every one may be given back. */
export function fakeFeeWaivers(): Mocked<FeeWaivers> {
  return { waiveFee: vi.fn(async () => ({ transaction: transactionWith(), replayed: false })) };
}

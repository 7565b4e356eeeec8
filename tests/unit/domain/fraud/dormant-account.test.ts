import { expect, test } from 'vitest';
import type { LocatedFeatures } from '../../../../lambdas/domain/fraud/features.ts';
import { found, hoursBefore } from './payment.ts';

const rule = { currency: 'USD', dormant_days: 180, least_amount: '500', score: 50 };

const seen = (days: number, about: Partial<LocatedFeatures>) =>
  found('DORMANT_ACCOUNT', rule, { idle_since: hoursBefore(days * 24), ...about });

test.each([
  ['half a year and a transfer', 180, { amount: '500.00' }],
  ['a withdrawal', 400, { transaction_type: 'WITHDRAWAL' as const, to_account_id: null, amount: '2000.00' }],
  ['years', 2000, { amount: '80000.00' }],
])('%s: an account that wakes', (_what, days, about) => {
  expect(seen(days, about)).toEqual({ rule: 'DORMANT_ACCOUNT', score: 50, days });
});

test.each([
  ['an hour short of half a year', 180 - 1 / 24, { amount: '9000.00' }],
  ['a cent less than considerable', 400, { amount: '499.99' }],
  ['an account in use', 3, { amount: '9000.00' }],
  ['to an account of the same customer', 400, { amount: '9000.00', between_own_accounts: true }],
  ['an amount in another currency than the rule speaks of', 400, { amount: '90000', currency: 'JPY' }],
  ['money that comes in', 400, { amount: '9000.00', idle_since: null }],
])('%s: nothing to say', (_what, days, about) => {
  expect(seen(days, about)).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import type { LocatedFeatures } from '../../../../lambdas/domain/fraud/features.ts';
import { earlier, found, from } from './payment.ts';

const rule = { hours: 24, least_senders: 4, times_usual: 3, passed_on: '0.8', least_part: '0.1', score: 70 };
const four = from(['ann', '300.00', 2], ['ben', '250.00', 5], ['cat', '250.00', 20], ['dan', '200.00', 23]);

const seen = (about: Partial<LocatedFeatures>) =>
  found('FAN_IN_FAN_OUT', rule, { amount: '800.00', received: four, ...about });

test('four senders in a day, and four fifths of it gone', () => {
  expect(seen({})).toEqual({
    rule: 'FAN_IN_FAN_OUT',
    score: 70,
    senders: 4,
    received: '1000.00',
    sent: '800.00',
  });
});

test.each([
  ['in two payments', { amount: '400.00', recent_payments: earlier(['400.00', 1]) }],
  ['drawn in cash', { transaction_type: 'WITHDRAWAL' as const, to_account_id: null }],
  ['all of it and more', { amount: '5000.00' }],
  ['with little coming in usually', { received_before: 40 }],
])('passed on %s', (_what, about) => {
  expect(seen(about)).toMatchObject({ senders: 4 });
});

test.each([
  ['a cent less than the share', { amount: '799.99' }],
  [
    'three senders, one of them twice',
    { received: from(['ann', '500.00', 1], ['ann', '200.00', 2], ['ben', '200.00', 3], ['cat', '100.00', 4]) },
  ],
  [
    'the fourth sender a day ago',
    { received: from(['ann', '400.00', 1], ['ben', '200.00', 2], ['cat', '200.00', 3], ['dan', '200.00', 24]) },
  ],
  ['the other half left a day ago', { amount: '400.00', recent_payments: earlier(['400.00', 24]) }],
  [
    'the other half left another account of the customer',
    { amount: '400.00', recent_payments: earlier(['400.00', 1, '0e3f7a52-0000-4000-8000-000000000003']) },
  ],
  ['to an account of the same customer', { between_own_accounts: true }],
  ['a shop that gets as many every day', { received_before: 120 }],
])('%s: no mule', (_what, about) => {
  expect(seen(about)).toBeUndefined();
});

describe('what is usual', () => {
  // 30 days and two more before the last one, of which each brings on average 42 / 32 = 1.3125 payments: three times that is 3.94.
  const since = from(['eve', '10.00', 30], ['fay', '10.00', 40]);

  test.each([
    [40, true],
    [41, false],
  ])(
    'after %i payments in the thirty days before, and two since: four are three times as many: %s',
    (received_before, unusual) => {
      expect(seen({ received: [...four, ...since], received_before }) !== undefined).toBe(unusual);
    },
  );
});

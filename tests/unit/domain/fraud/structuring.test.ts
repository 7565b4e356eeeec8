import { expect, test } from 'vitest';
import type { LocatedFeatures } from '../../../../lambdas/domain/fraud/features.ts';
import { earlier, found } from './payment.ts';

const rule = { currency: 'USD', threshold: '10000', share: '0.8', hours: 48, least_count: 3, score: 60 };

const seen = (about: Partial<LocatedFeatures>) => found('STRUCTURING', rule, about);

test.each([
  ['three transfers in two days', { amount: '9500.00', recent_payments: earlier(['9200.00', 20], ['9800.00', 47]) }],
  [
    'from several accounts of the customer',
    {
      amount: '9500.00',
      recent_payments: earlier(['9200.00', 20, '0e3f7a52-0000-4000-8000-000000000003'], ['9800.00', 30]),
    },
  ],
  [
    'cash paid in',
    {
      transaction_type: 'DEPOSIT' as const,
      from_account_id: null,
      amount: '9900.00',
      recent_payments: earlier(['9900.00', 3], ['9900.00', 5]),
    },
  ],
  [
    'among ordinary payments',
    { amount: '9500.00', recent_payments: earlier(['9200.00', 1], ['15.00', 2], ['12000.00', 3], ['8500.00', 4]) },
  ],
  [
    'exactly the threshold, which needs no report yet',
    { amount: '10000.00', recent_payments: earlier(['10000.00', 1], ['10000.00', 2]) },
  ],
  [
    'exactly the share of the threshold',
    { amount: '8000.00', recent_payments: earlier(['8000.00', 1], ['8000.00', 2]) },
  ],
])('%s: just under the threshold each', (_what, about) => {
  expect(seen(about)).toMatchObject({ rule: 'STRUCTURING', score: 60, payments: 3 });
});

test.each([
  ['two payments are no pattern', { amount: '9500.00', recent_payments: earlier(['9500.00', 1]) }],
  ['the third came two days before', { amount: '9500.00', recent_payments: earlier(['9500.00', 1], ['9500.00', 48]) }],
  [
    'an ordinary payment after two is not just under it',
    { amount: '20.00', recent_payments: earlier(['9500.00', 1], ['9500.00', 2]) },
  ],
  [
    'over the threshold there is a report',
    { amount: '10000.01', recent_payments: earlier(['10000.01', 1], ['10000.01', 2]) },
  ],
  [
    'a cent under the share is not near it',
    { amount: '7999.99', recent_payments: earlier(['7999.99', 1], ['7999.99', 2]) },
  ],
  [
    'the threshold is in dollars',
    { currency: 'EUR', amount: '9500.00', recent_payments: earlier(['9500.00', 1], ['9500.00', 2]) },
  ],
  [
    'between own accounts nothing is moved',
    { between_own_accounts: true, amount: '9500.00', recent_payments: earlier(['9500.00', 1], ['9500.00', 2]) },
  ],
])('%s', (_what, about) => {
  expect(seen(about)).toBeUndefined();
});

test('what was seen is told: how many payments, and what they come to', () => {
  const about = { amount: '9500.05', recent_payments: earlier(['9200.10', 20], ['9800.00', 47], ['10.00', 1]) };
  expect(seen(about)).toEqual({ rule: 'STRUCTURING', score: 60, payments: 3, total: '28500.15' });
});

import { expect, test } from 'vitest';
import type { LocatedFeatures } from '../../../../lambdas/domain/fraud/features.ts';
import { found } from './payment.ts';

const rule = { currency: 'USD', least_amount: '5000', times_usual: '5', score: 50 };

const seen = (about: Partial<LocatedFeatures>, parameters: object = rule) =>
  found('FIRST_LARGE_PAYMENT', parameters, {
    first_payment: true,
    amount: '5000.00',
    usual_amount: '100.00',
    ...about,
  });

test.each([
  ['the least that is large', {}],
  ['exactly five times the usual', { usual_amount: '1000.00' }],
  ['an account that has never paid anybody', { usual_amount: null }],
])('%s, to somebody new', (_what, about) => {
  expect(seen(about)).toEqual({
    rule: 'FIRST_LARGE_PAYMENT',
    score: 50,
    amount: '5000.00',
    usual_amount: '100.00',
    ...about,
  });
});

test.each([
  ['somebody who has been paid before', { first_payment: false }],
  ['a cent less than large', { amount: '4999.99' }],
  ['a cent less than five times the usual', { usual_amount: '1000.01' }],
  ['an amount in another currency than the rule speaks of', { amount: '500000', usual_amount: '100', currency: 'JPY' }],
])('%s: nothing to say', (_what, about) => {
  expect(seen(about)).toBeUndefined();
});

test('less than the usual is no multiple of it: whether it is a first payment is not known of such', () => {
  expect(seen({}, { ...rule, times_usual: '0.9' })?.error).toBe('parameters: times_usual must be at least 1');
});

import { describe, expect, test } from 'vitest';
import { reviewFeatures } from '../../../../lambdas/domain/fraud/features.ts';
import { review } from '../../../../lambdas/domain/fraud/review.ts';
import { reviewRules } from '../../../../lambdas/domain/fraud/rules.ts';
import { hoursBefore, payment } from './payment.ts';

const dormant = {
  rule: 'DORMANT_ACCOUNT',
  parameters: { currency: 'USD', dormant_days: 180, least_amount: '500', score: 50 },
};
const large = {
  rule: 'FIRST_LARGE_PAYMENT',
  parameters: { currency: 'USD', least_amount: '5000', times_usual: '5', score: 40 },
};
const suspicious = payment({ amount: '9000.00', idle_since: hoursBefore(9999), first_payment: true });

describe('a review', () => {
  test('finds what every rule that is asked has to say, in their order', () => {
    const findings = review(suspicious, [large, dormant]);
    expect(findings.map(({ rule, score }) => [rule, score])).toEqual([
      ['FIRST_LARGE_PAYMENT', 40],
      ['DORMANT_ACCOUNT', 50],
    ]);
  });

  test('asks no rule that has no row', () => {
    expect(review(suspicious, [])).toEqual([]);
    expect(review(suspicious, [large])).toHaveLength(1);
  });

  test('finds nothing in an ordinary payment', () => {
    expect(review(payment(), [large, dormant])).toEqual([]);
  });

  test('gives the same answer to the same question, and leaves what it was given as it was', () => {
    const [features, rules] = [structuredClone(suspicious), structuredClone([large, dormant])];
    expect(review(features, rules)).toEqual(review(features, rules));
    expect([features, rules]).toEqual([suspicious, [large, dormant]]);
  });
});

describe('a rule that cannot answer', () => {
  test.each([
    ['a parameter is missing', { currency: 'USD', dormant_days: 180, score: 50 }, /^parameters: least_amount /],
    ['an amount is a number', { ...dormant.parameters, least_amount: 500 }, /^parameters: least_amount /],
    ['an amount is no decimal', { ...dormant.parameters, least_amount: '-1' }, /least_amount must be a decimal text/],
    ['a score is out of range', { ...dormant.parameters, score: 101 }, /^parameters: score /],
    ['a parameter is unknown', { ...dormant.parameters, days: 3 }, /^parameters: .*days/],
    ['there are two faults', { ...dormant.parameters, score: 0, dormant_days: 'many' }, /dormant_days .*; score /],
  ])('since %s is a finding with an error and no points', (_why, parameters, error) => {
    const [finding] = review(payment(), [{ rule: 'DORMANT_ACCOUNT', parameters }]);
    expect(finding).toEqual({ rule: 'DORMANT_ACCOUNT', score: 0, error: expect.stringMatching(error) });
  });

  test('does not keep the others from answering', () => {
    const findings = review(suspicious, [{ ...dormant, parameters: {} }, large]);
    expect(findings.map(({ rule, score, error }) => [rule, score, error !== undefined])).toEqual([
      ['DORMANT_ACCOUNT', 0, true],
      ['FIRST_LARGE_PAYMENT', 40, false],
    ]);
  });

  test('may be one that nobody has written', () => {
    expect(review(payment(), [{ rule: 'CRYSTAL_BALL', parameters: {} }])).toEqual([
      { rule: 'CRYSTAL_BALL', score: 0, error: 'there is no such rule' },
    ]);
  });
});

test('each rule has a name of its own', () => {
  const names = reviewRules.map(rule => rule.name);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['an amount that is a number', { amount: 9000 }],
  ['a time without a zone', { created_at: '2026-03-10T12:00:00' }],
  ['another kind of transaction', { transaction_type: 'FEE' }],
])('features with %s are refused', (_what, wrong) => {
  expect(reviewFeatures.safeParse({ ...payment(), ...wrong }).success).toBe(false);
  expect(reviewFeatures.safeParse(payment()).success).toBe(true);
});

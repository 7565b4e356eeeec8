import { expect, test } from 'vitest';
import { allowedBy } from '../../../../bench/load/gate.ts';
import type { FraudRules } from '../../../../lambdas/domain/fraud-rules.ts';

const parameters = {
  VELOCITY: { some: 5, some_score: 40, many: 9, many_score: 80 },
  AMOUNT_ANOMALY: { least_sample: 10 },
  NIGHT_TIME: { from_hour: 2, to_hour: 5, none_score: 70 },
};

/** The bank's rules, with some switched off or changed. */
function rulesOf(changes: Partial<Record<keyof typeof parameters, object | 'off'>> = {}, block_from = 70): FraudRules {
  return {
    version: 1,
    updated_at: '',
    settings: {
      time_zone: 'America/New_York',
      time_zone_by_hand: false,
      monitor_from: 30,
      review_from: 50,
      block_from,
      alert_from: 90,
    },
    rules: Object.entries(parameters).map(([rule, given]) => {
      const change = changes[rule as keyof typeof parameters];
      return {
        rule,
        phase: 'GATE',
        enabled: change !== 'off',
        parameters: { ...given, ...(typeof change === 'object' && change) },
        version: 1,
        updated_at: '',
      };
    }),
  };
}

const noon = new Date('2026-03-02T17:00:00Z');

test('an account pays as often as the velocity rule lets pass, and no more than it needs for a usual amount', () => {
  expect(allowedBy(rulesOf(), noon, 60)).toEqual({ paymentsOfAccount: 9, night: false });
  expect(allowedBy(rulesOf({ VELOCITY: 'off' }), noon, 60).paymentsOfAccount).toBe(10);
  expect(allowedBy(rulesOf({ VELOCITY: 'off', AMOUNT_ANOMALY: 'off' }), noon, 60).paymentsOfAccount).toBe(50);
});

test('a rule whose lower score would raise an alert already counts from there', () => {
  expect(allowedBy(rulesOf({ VELOCITY: { some_score: 50 } }), noon, 60).paymentsOfAccount).toBe(5);
});

test.each([
  ['2026-03-02T06:59:00Z', 60, true],
  ['2026-03-02T10:59:00Z', 60, true],
  ['2026-03-02T11:01:00Z', 60, false],
  ['2026-03-02T06:20:00Z', 600, true],
  ['2026-03-02T05:50:00Z', 60, false],
])('at %s, for %i s, night at the bank is %s', (now, seconds, night) => {
  expect(allowedBy(rulesOf(), new Date(now), seconds).night).toBe(night);
});

test('a night that no rule minds is as good as a day', () => {
  const night = new Date('2026-03-02T08:00:00Z');
  expect(allowedBy(rulesOf({ NIGHT_TIME: 'off' }), night, 60).night).toBe(false);
  expect(allowedBy(rulesOf({ NIGHT_TIME: { none_score: 49 } }), night, 60).night).toBe(false);
});

import { expect, test } from 'vitest';
import { figuresOf, scoreOf } from '../../../../bench/fraud/figures.ts';
import { judged, says } from './judged.ts';

const isAlert = ({ gate }: { gate: unknown[] }) => gate.length > 0;

test('what alerts are worth is counted of the payments that count', () => {
  const month = [
    judged({ crime: 'MULE', gate: says('X', 50) }),
    judged({ crime: 'MULE' }),
    judged({ crime: 'STRUCTURING' }),
    judged({ gate: says('X', 50) }),
    ...Array.from({ length: 6 }, () => judged()),
    judged({ context: true, gate: says('X', 50) }),
  ];
  expect(figuresOf(month, isAlert)).toEqual({
    alerts: 2,
    precision: 1 / 2,
    recall: 1 / 3,
    cases_found: 1 / 2,
    false_positive_rate: 1 / 7,
    alert_rate: 2 / 10,
  });
});

test('there is no precision without alerts, and no recall without crimes', () => {
  expect(figuresOf([judged()], isAlert)).toMatchObject({ alerts: 0, precision: null, recall: null, cases_found: null });
});

test.each([
  [[], 0],
  [says('X', 40), 40],
  [[...says('X', 40), ...says('Y', 70)], 100],
  [[{ rule: 'X', score: 0, error: 'broken' }], 70],
  [[...says('Y', 90), { rule: 'X', score: 0, error: 'broken' }], 90],
])('%j come to %i', (spoken, score) => {
  expect(scoreOf(spoken, 70)).toBe(score);
});

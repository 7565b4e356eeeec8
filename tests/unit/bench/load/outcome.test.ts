import { expect, test } from 'vitest';
import { failuresOf, figuresOf, fives, type LoadOutcome, reportOf } from '../../../../bench/load/outcome.ts';
import { emptyTally, percentileOf } from '../../../../bench/load/tally.ts';

const good: LoadOutcome = {
  users: 2,
  in_flight: 2,
  ...figuresOf(
    { ...emptyTally(), done: 10_000, latencies: [1, 2], answers: { 200: 10_000, '429 RATE_LIMITED': 2 } },
    10,
  ),
  accounts: 2,
  paid_in: '20.00',
  read_back: '20.00',
  differences: [],
  fives: 0,
  by_night: false,
};

test('a run in which everything succeeded has no failures, and says that every cent is there', () => {
  expect(failuresOf(good)).toEqual([]);
  expect(reportOf(good)).toMatch(/transfers\/s +1000\.0\n(.*\n)*Every cent is there\./);
});

test.each([
  [{ differences: ['20.00 was paid in and the accounts hold 19.99'] }, /19\.99/],
  [{ fives: 1 }, /1 answers were a 5xx/],
  [{ success_percent: 99.98 }, /99\.980 %/],
])('%j fails a run', (changes, complaint) => {
  const outcome = { ...good, ...changes };
  expect(failuresOf(outcome)).toEqual([expect.stringMatching(complaint)]);
  expect(reportOf(outcome)).toContain('FAILED: ');
});

test('one transfer in 10,000 may fail, two may not', () => {
  const of = (refused: number) => ({ ...good, ...figuresOf({ ...emptyTally(), done: 10_000 - refused, refused }, 10) });
  expect(failuresOf(of(1))).toEqual([]);
  expect(failuresOf(of(2))).toHaveLength(1);
});

test('a run without a transfer succeeded in nothing', () => {
  expect(failuresOf({ ...good, ...figuresOf(emptyTally(), 10) })).toHaveLength(1);
});

test('fives are counted whatever was asked', () => {
  const tally = {
    ...emptyTally(),
    answers: { '503 UNAVAILABLE': 2, '500 no problem document': 1, 'none 5000': 4, 200: 5 },
  };
  expect(fives(tally, emptyTally())).toBe(3);
});

test('percentiles are by nearest rank, of any order', () => {
  expect([50, 95, 99].map(percent => percentileOf([5, 1, 4, 2, 3], percent))).toEqual([3, 5, 5]);
  expect(percentileOf([], 50)).toBe(0);
});

test('many differences are told by the first of them', () => {
  const report = reportOf({ ...good, differences: Array.from({ length: 12 }, (_, index) => `account ${index}`) });
  expect(report).toContain('FAILED: account 9\nFAILED: and 2 more');
});

import { expect, test } from 'vitest';
import type { Books } from '../../../bench/ledger-check.ts';
import type { RouteFigures } from '../../../bench/measurements.ts';
import { failuresOf, type Outcome } from '../../../bench/outcome.ts';
import { reportOf } from '../../../bench/report.ts';

const books: Books = { total_balance: '100.0000', trial_balance: '0.0000', account_differences: 0, transfers: 0 };
const figures: RouteFigures = {
  requests_per_second: 10,
  p50_ms: 1,
  p99_ms: 2,
  max_ms: 3,
  answers_2xx: 10,
  answers_4xx: 0,
  answers_5xx: 0,
  answers_other: 0,
  errors: 0,
};
const good: Outcome = {
  clients: 1,
  accounts: 2,
  rounds: 1,
  seconds_each: 1,
  transfer: figures,
  select_one: figures,
  ratios: { requests_per_second: 1, p50: 1, p99: 1 },
  before: books,
  after: { ...books, transfers: 12 },
  deadlocks: 0,
};

test('a run that lost nothing has no failures, and says so', () => {
  expect(failuresOf(good)).toEqual([]);
  expect(reportOf(good)).toContain('Every cent is there.');
});

test.each<[string, Partial<Outcome>, RegExp]>([
  ['a cent that is lost', { after: { ...good.after, total_balance: '99.9900' } }, /99\.9900/],
  ['a cent that is made', { after: { ...good.after, total_balance: '100.0100' } }, /100\.0100/],
  ['postings that do not sum to zero', { after: { ...good.after, trial_balance: '0.0100' } }, /trial balance/],
  ['a balance that its postings contradict', { after: { ...good.after, account_differences: 1 } }, /postings/],
  ['a confirmed transfer that is not in the books', { after: { ...good.after, transfers: 9 } }, /confirmed/],
  ['a deadlock', { deadlocks: 1 }, /deadlock/],
  ['a 5xx to a transfer', { transfer: { ...figures, answers_5xx: 1 } }, /POST \/transfer/],
  ['a 4xx to a transfer', { transfer: { ...figures, answers_4xx: 1 } }, /POST \/transfer/],
  ['a request without an answer', { select_one: { ...figures, errors: 1 } }, /select 1/],
  ['a route that never succeeded', { select_one: { ...figures, answers_2xx: 0 } }, /select 1/],
])('%s fails the run', (_what, change, complaint) => {
  const outcome = { ...good, ...change };
  expect(failuresOf(outcome)).toEqual([expect.stringMatching(complaint)]);
  expect(reportOf(outcome)).toContain('FAILED');
});

import { expect, test } from 'vitest';
import { exitCodeOf, type FaultOutcome, reportOf } from '../../../../bench/faults/outcome.ts';

const held: FaultOutcome = {
  seed: 42,
  minutes: 1,
  clients: 12,
  history: 'history.jsonl',
  faults: { 'PostgreSQL is killed': { injected: 2, fired: 2 } },
  operations: { done: 100, refused: 3 },
  reads: 20,
  answers: { 200: 120, 'none ECONNRESET': 4 },
  drained: true,
  wrong: [],
};

test('a run that held ends with 0, and tells its seed, what it injected and how often that fired', () => {
  expect(exitCodeOf(held)).toBe(0);
  const report = reportOf(held);
  expect(report).toContain('seed 42');
  expect(report).toMatch(/PostgreSQL is killed +2 +2\n/);
  expect(report).toMatch(/Nothing lost, nothing twice\.$/);
});

test.each([
  [
    { faults: { 'the relay is killed': { injected: 3, fired: 0 } } },
    /"the relay is killed" was injected 3 times and never fired/,
  ],
  [{ operations: { done: 59 } }, /only 59 operations/],
  [{ operations: {} }, /only 0 operations/],
  [{ reads: 4 }, /only 4 reads/],
])('a run that proves nothing is INVALID and ends with 2: %j', (changes, reason) => {
  const outcome = { ...held, ...changes };
  expect(exitCodeOf(outcome)).toBe(2);
  expect(reportOf(outcome)).toMatch(new RegExp(`INVALID: ${reason.source}`));
  expect(reportOf(outcome)).not.toContain('Nothing lost');
});

test.each([
  [{ wrong: ['transfer k was acknowledged and is lost'] }, /acknowledged and is lost/],
  [{ drained: false }, /had not arrived/],
])('what is wrong ends with 1, valid or not: %j', (changes, reason) => {
  const outcome = { ...held, reads: 0, ...changes };
  expect(exitCodeOf(outcome)).toBe(1);
  expect(reportOf(outcome)).toMatch(new RegExp(`FAILED: .*${reason.source}`));
});

test('of many things that are wrong the first are told', () => {
  const report = reportOf({ ...held, wrong: Array.from({ length: 25 }, (_, index) => `thing ${index}`) });
  expect(report).toContain('FAILED: thing 19\nFAILED: and 5 more');
});

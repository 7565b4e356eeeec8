import { expect, test } from 'vitest';
import { figuresOf, type Round, ratiosOf } from '../../../bench/measurements.ts';

const round = (latencies: number[], rest: Partial<Round> = {}): Round => ({
  seconds: 1,
  latencies,
  statuses: { 200: latencies.length },
  errors: 0,
  ...rest,
});

test('percentiles are taken by nearest rank over the answers of all rounds together', () => {
  const upTo100 = Array.from({ length: 100 }, (_, index) => index + 1);
  const figures = figuresOf([round(upTo100.slice(50)), round(upTo100.slice(0, 50))]);
  expect([figures.p50_ms, figures.p99_ms, figures.max_ms]).toEqual([50, 99, 100]);
});

test('the rate counts successes over the time that was really taken', () => {
  const rounds = [
    round([1, 1, 1], { seconds: 2, statuses: { 200: 1, 201: 1, 400: 1 } }),
    round([1, 1], { seconds: 2 }),
  ];
  expect(figuresOf(rounds).requests_per_second).toBe(1);
});

test('answers are counted by class, and what is in no class is not lost', () => {
  const statuses = { 200: 4, 404: 1, 429: 2, 500: 1, 503: 2, 302: 5 };
  expect(figuresOf([round([], { statuses, errors: 6 })])).toMatchObject({
    answers_2xx: 4,
    answers_4xx: 3,
    answers_5xx: 3,
    answers_other: 5,
    errors: 6,
  });
});

test('a round without answers has figures of zero', () => {
  expect(figuresOf([round([], { seconds: 0 })])).toMatchObject({ requests_per_second: 0, p99_ms: 0, max_ms: 0 });
});

test('ratios are the route over its reference', () => {
  const [ours, reference] = [figuresOf([round([4, 8])]), figuresOf([round([2, 2, 2, 2])])];
  expect(ratiosOf(ours, reference)).toEqual({ requests_per_second: 0.5, p50: 2, p99: 4 });
});

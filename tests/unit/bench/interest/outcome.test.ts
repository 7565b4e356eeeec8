import { expect, test } from 'vitest';
import { outcomeOf, type Sample, type SizeMeasured } from '../../../../bench/interest/outcome.ts';
import { markdownOf, reportOf } from '../../../../bench/interest/report.ts';

const plan = { days: 2, repeats: 1 };
const mebibyte = 1024 * 1024;

function sample(rows: number, seconds: number, bareSeconds: number): Sample {
  return { day: '2026-12-31', rows, seconds, bare_seconds: bareSeconds };
}

function size(accounts: number, accrual: Sample[], capitalisation = [sample(accounts, 1, 1)]): SizeMeasured {
  return { accounts, samples: { accrual, capitalisation }, rss_before: 100 * mebibyte, rss_most: 120 * mebibyte };
}

test('rates and ratio are those of the medians', () => {
  const runs = [sample(1000, 9, 1), sample(1000, 2, 0.5), sample(1000, 4, 3)];
  expect(outcomeOf([size(1000, runs)], plan).sizes[0]?.accrual).toEqual({
    runs: 3,
    seconds: 4,
    accounts_per_second: 250,
    bare_accounts_per_second: 1000,
    ratio: 0.25,
    growth: 1,
  });
});

test('of an even number of runs the median lies between the two in the middle', () => {
  const runs = [sample(1000, 8, 1), sample(1000, 2, 1), sample(1000, 1, 1), sample(1000, 4, 1)];
  expect(outcomeOf([size(1000, runs)], plan).sizes[0]?.accrual.seconds).toBe(3);
});

test('growth is the time for an account over that at the smallest size', () => {
  const outcome = outcomeOf([size(1000, [sample(1000, 1, 1)]), size(10_000, [sample(10_000, 12, 10)])], plan);
  expect(outcome.sizes.map(({ accrual }) => accrual.growth)).toEqual([1, 1.2]);
});

test('a run that left an account out is a failure', () => {
  const outcome = outcomeOf([size(1000, [sample(1000, 1, 1), sample(999, 1, 1)])], plan);
  expect(outcome.failures).toEqual(['the accrual of 2026-12-31 wrote rows for 999 of 1000 accounts']);
  expect(reportOf(outcome)).toContain('FAILED: the accrual of 2026-12-31 wrote rows for 999 of 1000 accounts');
});

test('the report names what misses its target, and the memory', () => {
  const outcome = outcomeOf([size(1000, [sample(1000, 1, 0.5)]), size(10_000, [sample(10_000, 12, 5)])], plan);
  const report = reportOf(outcome);
  expect(report).toContain('at least 0.5 of the bare rate: missed by accrual of 10000');
  expect(report).toContain('growth at most 1.15: missed by accrual of 10000');
  expect(report).toContain('memory at 1000 accounts: 100 MiB before, 120 MiB at most');
});

test('the report says that targets are met', () => {
  const report = reportOf(outcomeOf([size(1000, [sample(1000, 2, 1)])], plan));
  expect(report).toContain('at least 0.5 of the bare rate: yes');
  expect(report).toContain('growth at most 1.15: yes');
});

test('in Markdown every job at every size is a line, with its verdicts', () => {
  const sizes = [size(1000, [sample(1000, 1, 0.4)]), size(10_000, [sample(10_000, 12, 7)])];
  const machine = { date: '2026-11-25', cores: 2, processor: 'A', node: '24.0.0' };
  const lines = markdownOf(outcomeOf(sizes, plan), machine).split('\n');
  expect(lines).toContain('| accrual | 1,000 | 1,000 | 2,500 | 0.40 | missed | 1.00 | met |');
  expect(lines).toContain('| accrual | 10,000 | 833 | 1,429 | 0.58 | met | 1.20 | missed |');
  expect(lines.filter(line => line.startsWith('|'))).toHaveLength(6);
});

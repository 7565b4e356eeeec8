import { expect, test } from 'vitest';
import { chartOf } from '../../../../bench/suite/chart.ts';
import { type SuiteOutcome, suiteOutcomeOf } from '../../../../bench/suite/outcome.ts';
import { markdownOf, reportOf } from '../../../../bench/suite/report.ts';
import { comparedRow, plainRow } from '../../../../bench/suite/section.ts';

const machine = { date: '2026-11-25', cores: 2, processor: 'A & B <fast>', node: '24.0.0', postgresql: '17.1' };
const against = { name: 'floor', value: 5000 };

const rows = [
  plainRow('floor', 'bare statement', 'transfers/s', 5000),
  comparedRow('transfer', 'post_transfer', 'transfers/s', 2600, against, { atLeast: 0.5 }),
  comparedRow('hot', 'to one account', 'transfers/s', 500, against, { atLeast: 0.5 }),
  comparedRow('growth', 'read_balance_at', 'p50 ms', 1.5, { name: 'young', value: 1 }, { atMost: 1.25 }),
  comparedRow('calls', 'one call', 'transfers/s', 100, against),
];

function outcome(failures: string[] = []): SuiteOutcome {
  return suiteOutcomeOf(machine, { seconds: 3, repeats: 5 }, [{ rows, failures }]);
}

test('a target is met by the ratio, which may be just it', () => {
  const met = (measured: number, target: { atLeast: number } | { atMost: number }) =>
    comparedRow('hot', 'name', 'ms', measured, { name: 'reference', value: 10 }, target).met;
  expect([met(5, { atLeast: 0.5 }), met(4.9, { atLeast: 0.5 })]).toEqual([true, false]);
  expect([met(15, { atMost: 1.5 }), met(15.1, { atMost: 1.5 })]).toEqual([true, false]);
});

test('the table says of each target whether it is met, and counts them', () => {
  const report = reportOf(outcome());
  expect(report).toMatch(/post_transfer +transfers\/s +2,600 +5,000 floor +0\.52 +≥ 0\.5 +met$/m);
  expect(report).toMatch(/to one account +transfers\/s +500 +5,000 floor +0\.10 +≥ 0\.5 +missed$/m);
  expect(report).toMatch(/read_balance_at +p50 ms +1\.50 +1\.00 young +1\.50 +≤ 1\.25 +missed$/m);
  expect(report).toContain('1 of 3 targets met, 2 missed. Nothing failed, and every cent is there.');
  expect(report).toContain('PostgreSQL 17.1, Node.js 24.0.0');
});

test('a failure is told, and no word of every cent', () => {
  for (const report of [reportOf(outcome(['a cent is gone'])), markdownOf(outcome(['a cent is gone']))]) {
    expect(report).toMatch(/FAILED\W+a cent is gone/);
    expect(report).not.toContain('every cent');
  }
});

test('in Markdown every row is a line of the table', () => {
  const lines = markdownOf(outcome())
    .split('\n')
    .filter(line => line.startsWith('|'));
  expect(lines).toHaveLength(rows.length + 2);
  expect(lines).toContain('| transfer | post_transfer | transfers/s | 2,600 | 5,000 floor | 0.52 | ≥ 0.5 | met |');
});

test('the chart has a bar for each target, twice the target at the longest, and is fit for XML', () => {
  const chart = chartOf(outcome());
  const bars = [...chart.matchAll(/<rect x="\d+" y="\d+" width="([\d.]+)" height="\d+" fill="(#\w+)"/g)];
  expect(bars.map(([, width]) => Number(width))).toEqual([208, 40, expect.closeTo(166.7)]);
  expect(new Set(bars.map(([, , colour]) => colour)).size).toBe(2);
  expect(chart).toContain('A &amp; B &lt;fast&gt;');
  for (const [tag] of chart.matchAll(/<\w+ [^>]*>/g)) {
    const attributes = [...tag.matchAll(/ ([\w-]+)="/g)].map(([, name]) => name);
    expect(new Set(attributes).size, tag).toBe(attributes.length);
  }
});

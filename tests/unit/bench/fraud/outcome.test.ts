import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../../bench/fraud/outcome.ts';
import { plotOf } from '../../../../bench/fraud/plot.ts';
import { reportOf } from '../../../../bench/fraud/report.ts';
import { judged, says } from './judged.ts';

const known = {
  seed: 7,
  customers: 50,
  rules: [
    { rule: 'VELOCITY', phase: 'GATE' as const },
    { rule: 'STRUCTURING', phase: 'REVIEW' as const },
  ],
  thresholds: [
    { outcome: 'MONITOR', from: 30 },
    { outcome: 'FLAG_FOR_REVIEW', from: 50 },
    { outcome: 'BLOCK_PENDING_REVIEW', from: 70 },
    { outcome: 'BLOCK_AND_ALERT', from: 90 },
  ],
};
const month = [
  judged({ crime: 'STRUCTURING', gate: says('VELOCITY', 40), review: says('STRUCTURING', 60) }),
  judged({ crime: 'STRUCTURING', gate: says('VELOCITY', 80), made: false }),
  judged({ crime: 'MULE' }),
  judged({ behaviour: 'rent', gate: says('VELOCITY', 40) }),
  judged({ behaviour: 'rent', gate: says('VELOCITY', 80) }),
  judged({ behaviour: 'rent' }),
];
const outcome = outcomeOf(month, known);
const set = (name: string) => outcome.sets.find(one => one.name.startsWith(name));

describe('the outcome', () => {
  test('counts what there was', () => {
    expect(outcome.payments).toEqual({ ordinary: 3, criminal: 3, cases: 2 });
  });

  test('tells of each rule how often it was right', () => {
    expect(outcome.rules).toMatchObject([
      { rule: 'VELOCITY', phase: 'GATE', alerts: 4, precision: 0.5 },
      { rule: 'STRUCTURING', phase: 'REVIEW', alerts: 1, precision: 1 },
    ]);
  });

  test('adds up the scores of a set, and counts those that reach each threshold', () => {
    expect(set('all')?.at.map(({ from, alerts }) => [from, alerts])).toEqual([
      [30, 4],
      [50, 3],
      [70, 3],
      [90, 1],
    ]);
    expect(set('all')?.curve).toHaveLength(100);
    expect(set('all')?.curve[79]?.alerts).toBe(3);
    expect(set('all')?.curve[80]?.alerts).toBe(1);
    expect(set('the gate')?.at[3]?.alerts).toBe(0);
  });

  test('judges the review by the payments that were made', () => {
    expect(set('the review')?.at[1]).toMatchObject({ alerts: 1, recall: 1 / 2, cases_found: 1 / 2 });
  });

  test('tells of each crime how many cases were found, and by which rules', () => {
    expect(outcome.crimes).toContainEqual({
      crime: 'STRUCTURING',
      cases: 1,
      found: 1,
      by: { VELOCITY: 1, STRUCTURING: 1 },
    });
    expect(outcome.crimes).toContainEqual({ crime: 'MULE', cases: 1, found: 0, by: {} });
  });

  test('tells what false alarms are about', () => {
    expect(outcome.false_alarms).toEqual([{ behaviour: 'rent', alerts: 1, payments: 3, rules: { VELOCITY: 1 } }]);
  });

  test('names the rules that failed', () => {
    const broken = judged({ review: [{ rule: 'STRUCTURING', score: 0, error: 'no parameters' }] });
    expect(outcomeOf([broken, broken], known)).toMatchObject({ errors: ['STRUCTURING: no parameters'] });
    expect(outcomeOf([broken], known).sets[0]?.at[2]?.alerts).toBe(1);
  });
});

test('the report has a line for each rule, threshold, crime and kind of false alarm', () => {
  const report = reportOf(outcome);
  for (const line of [
    /^VELOCITY .* 0\.50 /m,
    /^ {2}70 BLOCK_PENDING_REVIEW /m,
    /^ {2}MULE +0 of 1: $/m,
    /^ {2}rent +1 of 3: VELOCITY 1$/m,
  ]) {
    expect(report).toMatch(line);
  }
});

test('the plot is an SVG with both panels, its axes named, and no gaps in its numbers', () => {
  const svg = plotOf(outcome);
  expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 980 460"/);
  expect(svg).toContain('>all rules<');
  expect(svg).toContain('>the review, of what was made<');
  expect(svg.match(/>score from which there is an alert</g)).toHaveLength(2);
  expect(svg).not.toMatch(/NaN|undefined|null/);
});

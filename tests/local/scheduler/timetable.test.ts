import { describe, expect, test } from 'vitest';
import { readTimetable } from '../../../local/scheduler/timetable.ts';

/** The first times after a moment. */
function runs(
  expression: string,
  from: string,
  count: number,
  timezone = 'UTC',
  bounds: { start?: string; end?: string } = {},
) {
  const [start, end] = [bounds.start, bounds.end].map(text => (text === undefined ? undefined : new Date(text)));
  const timetable = readTimetable(expression, timezone, start, end);
  const found: string[] = [];
  let after = new Date(from);
  while (found.length < count) {
    const next = timetable.next(after);
    if (!next) break;
    found.push(next.toISOString().replace(':00.000Z', 'Z'));
    after = next;
  }
  return found;
}

describe('cron()', () => {
  test.each([
    ['cron(0/20 * * * ? *)', '2026-01-01T00:00:00Z', ['2026-01-01T00:20Z', '2026-01-01T00:40Z', '2026-01-01T01:00Z']],
    ['cron(5/30 * * * ? *)', '2026-01-01T00:00:00Z', ['2026-01-01T00:05Z', '2026-01-01T00:35Z', '2026-01-01T01:05Z']],
    ['cron(0 9 ? * MON-FRI *)', '2026-01-02T10:00:00Z', ['2026-01-05T09:00Z', '2026-01-06T09:00Z']],
    ['cron(0 9 ? * 2-6 *)', '2026-01-02T10:00:00Z', ['2026-01-05T09:00Z', '2026-01-06T09:00Z']],
    ['cron(0 9 ? * 1 *)', '2026-01-02T10:00:00Z', ['2026-01-04T09:00Z']],
    ['cron(0 9 ? * L *)', '2026-01-02T10:00:00Z', ['2026-01-03T09:00Z']],
    ['cron(0 9 ? * 6L *)', '2026-01-02T10:00:00Z', ['2026-01-30T09:00Z', '2026-02-27T09:00Z']],
    ['cron(0 9 ? * 3#2 *)', '2026-01-01T00:00:00Z', ['2026-01-13T09:00Z']],
    ['cron(30 1 L * ? *)', '2028-02-01T00:00:00Z', ['2028-02-29T01:30Z', '2028-03-31T01:30Z']],
    ['cron(0 0 15W * ? *)', '2026-02-01T00:00:00Z', ['2026-02-16T00:00Z']],
    ['cron(0 0 1 1 ? 2028)', '2026-01-01T00:00:00Z', ['2028-01-01T00:00Z']],
    ['cron(0 0 1 JAN,JUL ? *)', '2026-01-02T00:00:00Z', ['2026-07-01T00:00Z', '2027-01-01T00:00Z']],
  ])('%s from %s', (expression, from, expected) => {
    expect(runs(expression, from, expected.length)).toEqual(expected);
  });

  test('is of the time zone that it names', () => {
    expect(runs('cron(0 2 * * ? *)', '2026-06-01T00:00:00Z', 1, 'America/New_York')).toEqual(['2026-06-01T06:00Z']);
  });

  test('leaves out a time that no clock shows when it is put forward', () => {
    const days = runs('cron(30 2 * * ? *)', '2026-03-07T00:00:00Z', 3, 'America/New_York');
    expect(days).toEqual(['2026-03-07T07:30Z', '2026-03-09T06:30Z', '2026-03-10T06:30Z']);
  });

  test('comes once at a time that clocks show twice when they are put back', () => {
    const half = runs('cron(0/30 1 * * ? *)', '2026-11-01T00:00:00Z', 3, 'America/New_York');
    expect(half).toEqual(['2026-11-01T05:00Z', '2026-11-01T05:30Z', '2026-11-02T06:00Z']);
  });
});

describe('rate()', () => {
  test.each([
    ['rate(1 minute)', '2026-01-01T00:00:30Z', ['2026-01-01T00:01Z', '2026-01-01T00:02Z']],
    ['rate(5 minutes)', '2026-01-01T00:05:00Z', ['2026-01-01T00:10Z', '2026-01-01T00:15Z']],
    ['rate(12 hours)', '2026-01-01T00:00:00Z', ['2026-01-01T12:00Z', '2026-01-02T00:00Z']],
    ['rate(1 day)', '2026-03-07T12:00:00Z', ['2026-03-08T00:00Z', '2026-03-09T00:00Z']],
  ])('%s from %s', (expression, from, expected) => {
    expect(runs(expression, from, expected.length)).toEqual(expected);
  });

  test('counts from its start date, and has it as its first time', () => {
    const start = '2026-01-01T00:07:00Z';
    expect(runs('rate(1 hour)', '2025-12-01T00:00:00Z', 2, 'UTC', { start })).toEqual([
      '2026-01-01T00:07Z',
      '2026-01-01T01:07Z',
    ]);
  });
});

describe('at()', () => {
  test('comes once, at a time of its zone, and never when that is past', () => {
    const at = 'at(2026-06-01T09:00:00)';
    expect(runs(at, '2026-01-01T00:00:00Z', 2, 'America/New_York')).toEqual(['2026-06-01T13:00Z']);
    expect(runs(at, '2026-07-01T00:00:00Z', 2, 'America/New_York')).toEqual([]);
  });
});

test('a schedule keeps to its start and end, both included', () => {
  const bounds = { start: '2026-01-03T09:00:00Z', end: '2026-01-04T09:00:00Z' };
  const days = runs('cron(0 9 * * ? *)', '2026-01-01T00:00:00Z', 9, 'UTC', bounds);
  expect(days).toEqual(['2026-01-03T09:00Z', '2026-01-04T09:00Z']);
});

test.each([
  ['every day', /neither rate/],
  ['rate(0 minutes)', /rate\(0 minutes\)/],
  ['rate(5 seconds)', /minutes, hours or days/],
  ['rate(-1 day)', /minutes, hours or days/],
  ['cron(* * * * *)', /5 fields/],
  ['cron(0 9 * * * *)', /must be \?/],
  ['cron(0 9 ? * ? *)', /must be \?/],
  ['cron(61 9 * * ? *)', /minute/],
  ['at(tomorrow)', /at\(2026-12-31T23:59:00\)/],
  ['at(2026-13-01T00:00:00)', /at\(2026-13/],
])('%s is refused, with what is wrong', (expression, message) => {
  expect(() => readTimetable(expression, 'UTC')).toThrow(message);
});

test('a time zone that does not exist is refused', () => {
  expect(() => readTimetable('cron(0 9 * * ? *)', 'Mars/Olympus')).toThrow(/Mars\/Olympus/);
});

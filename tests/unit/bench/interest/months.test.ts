import { expect, test } from 'vitest';
import { dayBefore, lastDays } from '../../../../bench/interest/months.ts';

test.each([
  ['2026-01-31', 0, 1, ['2026-01-31']],
  ['2026-01-31', 1, 2, ['2026-02-27', '2026-02-28']],
  ['2027-11-05', 3, 2, ['2028-02-28', '2028-02-29']],
  ['2026-11-25', 2, 3, ['2027-01-29', '2027-01-30', '2027-01-31']],
])('counted from %s, the month %i on ends with its last %i days', (today, month, days, expected) => {
  expect(lastDays(today, month, days)).toEqual(expected);
});

test.each([
  ['2026-03-02', '2026-03-01'],
  ['2028-03-01', '2028-02-29'],
  ['2027-01-01', '2026-12-31'],
])('the day before %s is %s', (day, before) => {
  expect(dayBefore(day)).toBe(before);
});

import { expect, test } from 'vitest';
import { readOptions } from '../../../../bench/interest/options.ts';

test('without arguments banks of 10,000 and 100,000 accounts are measured over three months', () => {
  expect(readOptions([])).toEqual({ accounts: [10_000, 100_000], repeats: 3, days: 3, json: false });
});

test('sizes are taken once each, the smallest first', () => {
  expect(readOptions(['--accounts', '5000,100,5000', '--repeats=1', '--days', '28', '--json'])).toEqual({
    accounts: [100, 5000],
    repeats: 1,
    days: 28,
    json: true,
  });
});

test('--help asks for no run', () => {
  expect(readOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--accounts', '99'], /--accounts is 99/],
  [['--accounts', '1000,,2000'], /--accounts is :/],
  [['--accounts', 'many'], /whole number/],
  [['--repeats', '0'], /--repeats is 0/],
  [['--days', '29'], /--days is 29.*1 to 28/],
  [['--users', '5'], /--users/],
])('%j is refused by name', (args, complaint) => {
  expect(() => readOptions(args)).toThrow(complaint);
});

import { expect, test } from 'vitest';
import { readOptions } from '../../../bench/options.ts';

test('without arguments 100 clients send for 20 s over 1,000 accounts', () => {
  expect(readOptions([])).toEqual({ clients: 100, seconds: 20, accounts: 1000, json: false });
});

test('arguments are taken with or without an equals sign', () => {
  expect(readOptions(['--clients', '5', '--seconds=1', '--accounts', '2', '--json'])).toEqual({
    clients: 5,
    seconds: 1,
    accounts: 2,
    json: true,
  });
});

test('--help asks for no run', () => {
  expect(readOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--clients', '0'], /--clients is 0/],
  [['--seconds', '1.5'], /--seconds is 1\.5/],
  [['--accounts', '1'], /--accounts is 1/],
  [['--accounts', 'many'], /whole number/],
  [['--users', '5'], /--users/],
  [['5'], /5/],
])('%j is refused by name', (args, complaint) => {
  expect(() => readOptions(args)).toThrow(complaint);
});

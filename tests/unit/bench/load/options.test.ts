import { expect, test } from 'vitest';
import { readOptions } from '../../../../bench/load/options.ts';

test('without arguments 100 users send one transfer each at a time, for 60 s, to the bank that runs here', () => {
  expect(readOptions([])).toEqual({
    users: 100,
    duration: 60,
    inFlight: 100,
    ramp: 6,
    json: false,
    url: undefined,
    token: undefined,
    stage: undefined,
  });
});

test('another bank is named by its address, with a token', () => {
  expect(readOptions(['--url', 'http://127.0.0.1:3001/', '--token', 'a.b.c', '--in-flight', '1000'])).toMatchObject({
    url: 'http://127.0.0.1:3001',
    token: 'a.b.c',
    inFlight: 1000,
  });
});

test('--help asks for no run', () => {
  expect(readOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--users', '0'], /--users is 0/],
  [['--users', '1001'], /from 1 to 1000/],
  [['--duration', '1.5'], /--duration is 1\.5/],
  [['--duration', '601'], /--duration is 601/],
  [['--in-flight', '5001'], /--in-flight is 5001/],
  [['--url', 'here', '--token', 'x'], /--url is here/],
  [['--url', 'http://127.0.0.1:1'], /--token goes with/],
  [['--token', 'x'], /--token goes with/],
  [['--clients', '5'], /--clients/],
])('%j is refused by name', (args, complaint) => {
  expect(() => readOptions(args)).toThrow(complaint);
});

import { expect, test } from 'vitest';
import { readOptions } from '../../../../bench/faults/options.ts';

test('without arguments 12 clients pay for five minutes, by a seed that differs each time', () => {
  const [one, other] = [readOptions([]), readOptions([])];
  expect(one).toMatchObject({ minutes: 5, clients: 12, history: undefined, json: false });
  expect(one?.seed).not.toBe(other?.seed);
});

test('a run is repeated by its seed', () => {
  expect(readOptions(['--seed', '42', '--minutes=1', '--history', 'h.jsonl'])).toMatchObject({
    seed: 42,
    minutes: 1,
    history: 'h.jsonl',
  });
});

test('--help asks for no run', () => {
  expect(readOptions(['-h'])).toBeUndefined();
});

test.each([
  [['--minutes', '0'], /--minutes is 0/],
  [['--minutes', '601'], /--minutes is 601/],
  [['--seed', 'x'], /--seed is x/],
  [['--clients', '65'], /--clients is 65/],
  [['--faults', 'all'], /--faults/],
])('%j is refused by name', (args, complaint) => {
  expect(() => readOptions(args)).toThrow(complaint);
});

import { expect, test } from 'vitest';
import { readOptions } from '../../../../bench/fraud/options.ts';

test('without arguments it is the month of seed 1 with 400 customers, as a report', () => {
  expect(readOptions([])).toEqual({ seed: 1, customers: 400, settings: [], svg: undefined, json: false });
});

test('a rule may be given other parameters', () => {
  expect(readOptions(['--set', 'STRUCTURING.share=0.9', '--set=VELOCITY.many=20', '--svg', 'plot.svg'])).toMatchObject({
    settings: [
      { rule: 'STRUCTURING', parameter: 'share', value: '0.9' },
      { rule: 'VELOCITY', parameter: 'many', value: '20' },
    ],
    svg: 'plot.svg',
  });
});

test('--help asks for no run', () => {
  expect(readOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--seed', '-1'], /--seed/],
  [['--seed', '1.5'], /--seed is 1\.5/],
  [['--customers', '49'], /--customers is 49/],
  [['--set', 'STRUCTURING'], /--set is STRUCTURING/],
  [['--set', 'STRUCTURING.share='], /RULE\.parameter=value/],
  [['--users', '5'], /--users/],
])('%j is refused by name', (args, complaint) => {
  expect(() => readOptions(args)).toThrow(complaint);
});

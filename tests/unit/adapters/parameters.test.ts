import { expect, test } from 'vitest';
import { toParameters } from '../../../lambdas/adapters/parameters.ts';

test('each value goes under its name, in its type', () => {
  expect(toParameters({ id: 'x', limit: 51, repeatable: false, key: null, text: '' })).toEqual([
    { name: 'id', value: { stringValue: 'x' } },
    { name: 'limit', value: { longValue: 51 } },
    { name: 'repeatable', value: { booleanValue: false } },
    { name: 'key', value: { isNull: true } },
    { name: 'text', value: { stringValue: '' } },
  ]);
});

test('text goes as it is, whatever it looks like', () => {
  const text = "' or 1=1; -- :id";
  expect(toParameters({ text })).toEqual([{ name: 'text', value: { stringValue: text } }]);
});

test('money goes as its decimal text and never as a number', () => {
  expect(toParameters({ amount: '10.10' })).toEqual([{ name: 'amount', value: { stringValue: '10.10' } }]);
});

test.each([0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('the number %d is refused by its name', value => {
  expect(() => toParameters({ amount: value })).toThrow(/amount/);
});

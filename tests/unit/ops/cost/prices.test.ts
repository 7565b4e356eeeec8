import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { assumptions } from '../../../../ops/cost/assumptions.ts';
import { costOf, priceTable } from '../../../../ops/cost/prices.ts';

test('a quantity is priced tier by tier', () => {
  expect(costOf('httpApi', new Decimal(300)).toFixed(2)).toBe('300.00');
  expect(costOf('httpApi', new Decimal(310)).toFixed(2)).toBe('309.00');
  expect(costOf('httpApi', new Decimal(0)).toFixed(2)).toBe('0.00');
});

test('a price of many decimals loses none', () => {
  expect(costOf('lambdaDuration', new Decimal(3)).toFixed()).toBe('0.0000400002');
});

test('a price that is not in the table is a defect, not a zero', () => {
  expect(() => costOf('unobtainium', new Decimal(1))).toThrow(/unobtainium/);
});

test.each(Object.entries(priceTable.prices))(
  '%s: tiers grow, each costs less, and the last has no end',
  (_, { tiers }) => {
    const ends = tiers.map(({ upTo }) => upTo);
    expect(ends.indexOf(undefined)).toBe(tiers.length - 1);
    const numbers = ends.slice(0, -1).map(Number);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    const prices = tiers.map(({ usd }) => Number(usd));
    expect(prices).toEqual(prices.toSorted((one, other) => other - one));
  },
);

test('every price names its page at AWS', () => {
  const sources = Object.values(priceTable.prices).map(({ source }) => new URL(source).hostname);
  expect(new Set(sources)).toEqual(new Set(['aws.amazon.com']));
});

test('every assumption says whether it is measured, documented, chosen or assumed', () => {
  const bare = Object.entries(assumptions).filter(([, { basis }]) => !/^(measured|assumed|chosen)|Aurora/.test(basis));
  expect(bare).toEqual([]);
});

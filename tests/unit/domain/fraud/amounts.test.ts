import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTimes, total, units } from '../../../../lambdas/domain/fraud/amounts.ts';

test.each([
  ['0', 0n],
  ['0.0001', 1n],
  ['12.5', 125_000n],
  ['-12.50', -125_000n],
  ['999999999999999.9999', 9_999_999_999_999_999_999n],
])('%s is %s ten-thousandths', (text, expected) => {
  expect(units(text)).toBe(expected);
});

test.each([
  [['0.10', '0.20'], '0.30'],
  [['999999999999999.99', '0.01'], '1000000000000000.00'],
  [['5', '7'], '12'],
  [['0.001', '0.002'], '0.003'],
  [['0.00'], '0.00'],
  [[], '0'],
])('the sum of %j is %s', (amounts, expected) => {
  expect(total(amounts)).toBe(expected);
});

test('any cents add up exactly', () => {
  const cents = fc.array(fc.bigInt({ min: 0n, max: 10n ** 17n - 1n }), { minLength: 1 });
  const text = (amount: bigint) => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
  fc.assert(
    fc.property(cents, amounts => {
      expect(total(amounts.map(text))).toBe(text(amounts.reduce((sum, amount) => sum + amount, 0n)));
    }),
  );
});

test.each([
  ['0.30', '3', '0.10', true],
  ['0.2999', '3', '0.10', false],
  ['0', '5', '0', true],
  ['8000', '0.8', '10000', true],
  ['7999.99', '0.8', '10000', false],
])('%s is %s times %s or more: %s', (amount, times, other, expected) => {
  expect(isTimes(amount, times, other)).toBe(expected);
});

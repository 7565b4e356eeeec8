import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactly } from '../../../../lambdas/domain/audit/exact-json.ts';

test.each([
  ['1', 1],
  ['-12.50', -12.5],
  ['0.10', 0.1],
  ['0.0000000000', 0],
  ['123456789012345', 123456789012345],
  ['9007199254740993', '9007199254740993'],
  ['9007199254740992', 9007199254740992],
  ['100000000000000000000000', 1e23],
  ['0.10000000000000001', '0.10000000000000001'],
  ['-0.1000000000000000000', -0.1],
  ['12345678901234567.8900', '12345678901234567.8900'],
  [`1${'0'.repeat(400)}`, `1${'0'.repeat(400)}`],
])('the number %s is read as %j', (json, value) => {
  expect(parseExactly(`{"a": ${json}}`)).toEqual({ a: value });
  expect(parseExactly(`[1, ${json}]`)).toEqual([1, value]);
});

test('digits in texts and in names are left alone', () => {
  const value = {
    '9007199254740993': 'a \\" : 9007199254740993, [9007199254740993',
    b: ['"', ': 1234567890123456789'],
  };
  expect(parseExactly(JSON.stringify(value))).toEqual(value);
});

test('two numbers that differ are read differently, and the same number with more zeros is read the same', () => {
  const digits = fc.stringMatching(/^[1-9]\d{0,30}\.\d{0,30}[1-9]$/);
  fc.assert(
    fc.property(digits, digits, (one, other) => {
      const read = (number: string) => JSON.stringify(parseExactly(`[${number}]`)).replaceAll('"', '');
      expect(read(one) === read(other)).toBe(one === other);
    }),
  );
});

test('whatever JSON holds is read as JSON.parse reads it, as long as doubles hold it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const json = JSON.stringify(value);
      fc.pre(!/\de[+-]\d/.test(json));
      expect(parseExactly(json)).toEqual(JSON.parse(json));
    }),
  );
});

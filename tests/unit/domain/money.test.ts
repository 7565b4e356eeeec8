import fc from 'fast-check';
import { parse } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { currencyCode, interestRate, limitAmount, moneyText, positiveAmount } from '../../../lambdas/domain/money.ts';

/** Reads a request's JSON value as the API does: numbers keep their source text. */
const fromJson = (text: string) => positiveAmount.safeParse(parse(text));

const wholeDigits = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }).map(String);
const fraction = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 4 });
const decimalText = fc.oneof(
  wholeDigits,
  fc.tuple(wholeDigits, fraction).map(([whole, part]) => `${whole}.${part}`),
);

describe('an amount', () => {
  test.each(['1', '0.01', '0.001', '0.0001', '10.10', '999999999999999.9999'])('%s is taken as it is written', text => {
    expect(positiveAmount.parse(text)).toBe(text);
  });

  test.each([
    ['an exponent', '1e2'],
    ['a plus sign', '+1'],
    ['a minus sign', '-1'],
    ['a negative zero', '-0'],
    ['a leading zero', '01.00'],
    ['a fifth decimal place', '0.00001'],
    ['2^63, of more digits than the ledger keeps', '9223372036854775808'],
    ['a sixteenth digit before the point', '1000000000000000'],
    ['a point without digits behind it', '1.'],
    ['a point without digits before it', '.5'],
    ['a thousands separator', '1,000'],
    ['a decimal comma', '1,5'],
    ['spaces', ' 1 '],
    ['a line break after it', '1\n'],
    ['hexadecimal digits', '0x10'],
    ['digits of another script', '١٢'],
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
    ['nothing', ''],
    ['SQL', "1' or 1=1"],
  ])('with %s is refused', (_what, text) => {
    expect(positiveAmount.safeParse(text).success).toBe(false);
  });

  test.each(['0', '0.0', '0.0000'])('of %s is refused as it moves nothing', text => {
    expect(positiveAmount.safeParse(text).error?.issues[0]?.message).toBe('must be greater than zero');
  });

  test.each([
    ['a boolean', true],
    ['null', null],
    ['a list', ['1']],
    ['an object', { amount: '1' }],
    ['a float that has lost its source text', 0.1],
  ])('that is %s is refused', (_what, value) => {
    expect(positiveAmount.safeParse(value).success).toBe(false);
  });

  test('given as a JSON number keeps its source text, trailing zeros included', () => {
    expect(fromJson('10.10').data).toBe('10.10');
  });

  test('given as a JSON number that no float can hold is exact', () => {
    expect(fromJson('900719925474099.3001').data).toBe('900719925474099.3001');
  });

  test.each(['0.30000000000000004', '1e2', '1E-2', '-1', '-0', '9223372036854775808'])(
    'given as the JSON number %s is refused',
    text => {
      expect(fromJson(text).success).toBe(false);
    },
  );

  test('survives unchanged as text and as a JSON number, whatever its digits', () => {
    fc.assert(
      fc.property(decimalText, text => {
        expect(limitAmount.parse(text)).toBe(text);
        expect(limitAmount.parse(parse(text))).toBe(text);
      }),
    );
  });

  test('never becomes a JavaScript number', () => {
    fc.assert(
      fc.property(decimalText, text => {
        expect(typeof limitAmount.parse(parse(text))).toBe('string');
      }),
    );
  });

  test('is above zero exactly when one of its digits is', () => {
    fc.assert(
      fc.property(decimalText, text => {
        expect(positiveAmount.safeParse(text).success).toBe(/[1-9]/.test(text));
      }),
    );
  });
});

describe('a limit', () => {
  test('may be zero', () => {
    expect(limitAmount.parse('0.00')).toBe('0.00');
  });

  test('is never negative', () => {
    expect(limitAmount.safeParse('-1').success).toBe(false);
  });
});

describe('an interest rate', () => {
  test.each(['0', '1', '1.000000', '0.0325', '0.000001'])('of %s is taken', text => {
    expect(interestRate.parse(text)).toBe(text);
  });

  test.each(['1.000001', '2', '3.25', '-0.01', '0.0000001', '1e-2', '.5', '%', ''])('of "%s" is refused', text => {
    expect(interestRate.safeParse(text).success).toBe(false);
  });

  test('given as a JSON number keeps its source text', () => {
    expect(interestRate.parse(parse('0.0325'))).toBe('0.0325');
  });
});

describe('an amount in an answer', () => {
  test.each(['-12.50', '0.00', '100'])('may be %s', text => {
    expect(moneyText.parse(text)).toBe(text);
  });

  test.each([12.5, 'NaN', '1e3', ''])('may not be %s', value => {
    expect(moneyText.safeParse(value).success).toBe(false);
  });
});

describe('a currency', () => {
  test.each(['usd', 'US', 'USDT', '840', ''])('is three capitals: "%s" is refused', code => {
    expect(currencyCode.safeParse(code).success).toBe(false);
  });
});

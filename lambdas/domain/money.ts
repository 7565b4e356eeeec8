import { isLosslessNumber } from 'lossless-json';
import * as z from 'zod';

/** At most 15 digits before the point and 4 behind it: what numeric(19,4) keeps. No sign, no exponent. */
const decimalText = /^(0|[1-9]\d{0,14})(\.\d{1,4})?$/;
const zero = /^0(\.0+)?$/;

/**
 * A request's decimal: a string, or a JSON number taken by its source text, so that no float is ever made of it.
 * Typed as the string that callers in TypeScript must send: their number literals are floats.
 */
const decimal = z.preprocess(
  (value: string) => (isLosslessNumber(value) ? value.toString() : value),
  z.string({ error: 'must be a decimal string such as "12.50"' }).regex(decimalText, {
    error: 'must be a decimal such as "12.50": digits, at most 4 of them after the point, no sign, no exponent',
  }),
);

/** An amount of money to move: a decimal above zero. Whether its currency has that many decimal places is checked in SQL. */
export const positiveAmount = decimal.refine(text => !zero.test(text), { error: 'must be greater than zero' });

/** A limit such as an overdraft: a decimal, zero allowed. */
export const limitAmount = decimal;

/** A yearly interest rate as a fraction, "0.0325" for 3.25 %: from 0 to 1, at most 6 decimal places. */
export const interestRate = z.preprocess(
  (value: string) => (isLosslessNumber(value) ? value.toString() : value),
  z.string({ error: 'must be a decimal string such as "0.0325"' }).regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, {
    error: 'must be a fraction of a year\'s interest from "0" to "1", such as "0.0325" for 3.25 %',
  }),
);

/** A decimal in an answer, as SQL wrote it: it may be negative. */
export const moneyText = z.string().regex(/^-?\d+(\.\d+)?$/);

/** An ISO 4217 code in capitals. Whether the bank keeps that currency is checked in SQL. */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code such as "USD"' });

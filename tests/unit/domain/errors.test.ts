import { describe, expect, test } from 'vitest';
import { BankError, type ErrorCode, errorCodes, isErrorCode } from '../../../lambdas/domain/errors.ts';

describe('the list of errors', () => {
  test.each(errorCodes)('%s has an error status and a sentence for people', code => {
    const { status, title } = new BankError(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].* .*[^.]$/);
  });

  test('says each thing once', () => {
    const titles = errorCodes.map(code => new BankError(code).title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('is in the order of the statuses', () => {
    const statuses = errorCodes.map(code => new BankError(code).status);
    expect(statuses).toEqual(statuses.toSorted((one, other) => one - other));
  });

  test.each<[ErrorCode, number]>([
    ['INVALID_REQUEST', 400],
    ['INSUFFICIENT_FUNDS', 400],
    ['UNAUTHENTICATED', 401],
    ['NOT_YOUR_ACCOUNT', 403],
    ['ACCOUNT_NOT_ACTIVE', 403],
    ['ACCOUNT_NOT_FOUND', 404],
    ['REQUEST_IN_FLIGHT', 409],
    ['IDEMPOTENCY_KEY_REUSED', 422],
    ['INTERNAL_ERROR', 500],
    ['UNAVAILABLE', 503],
  ])('answers %s with the status that callers were promised', (code, status) => {
    expect(new BankError(code).status).toBe(status);
  });
});

describe('a code', () => {
  test.each(errorCodes)('%s is one of the list', code => {
    expect(isErrorCode(code)).toBe(true);
  });

  test.each(['', 'insufficient_funds', 'NO_SUCH_CODE', 'toString', '__proto__', 'constructor'])(
    '"%s" is not one of the list',
    code => {
      expect(isErrorCode(code)).toBe(false);
    },
  );
});

describe('an error', () => {
  test('says its title unless it has something closer to say', () => {
    expect(new BankError('UNAVAILABLE').message).toBe('The bank cannot answer right now');
    expect(new BankError('UNAVAILABLE', { detail: 'Try again.' }).message).toBe('Try again.');
  });

  test('keeps what caused it', () => {
    const cause = new Error('the socket closed');
    expect(new BankError('UNAVAILABLE', { cause }).cause).toBe(cause);
  });
});

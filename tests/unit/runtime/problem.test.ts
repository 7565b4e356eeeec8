import { describe, expect, test } from 'vitest';
import { BankError, type ErrorDetails, errorCodes } from '../../../lambdas/domain/errors.ts';
import { problem } from '../../../lambdas/runtime/http/problem.ts';

const bodyOf = (error: BankError) => JSON.parse(problem(error, 'request-1').body ?? '');
const headersOf = (...[code, details]: ConstructorParameters<typeof BankError>) =>
  problem(new BankError(code, details), 'request-1').headers;

describe('a problem', () => {
  test.each(errorCodes)('of %s has the members of RFC 9457, the code and the request', code => {
    const error = new BankError(code);
    const answer = problem(error, 'request-1');
    expect(answer.statusCode).toBe(error.status);
    expect(answer.headers?.['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.body ?? '')).toEqual({
      type: expect.stringMatching(/^urn:countinghouse:problem:[a-z]+(-[a-z]+)*$/),
      title: error.title,
      status: error.status,
      code,
      request_id: 'request-1',
    });
  });

  test('has a type that tells it from every other', () => {
    const types = errorCodes.map(code => bodyOf(new BankError(code)).type);
    expect(new Set(types).size).toBe(errorCodes.length);
  });

  test('names the fields and the transaction that recorded it', () => {
    const details: ErrorDetails = {
      detail: 'See errors for each field.',
      fields: [{ field: 'amount', message: 'must be greater than zero' }],
      transaction: { id: 'transaction-1', ref: 'TXN1' },
    };
    expect(bodyOf(new BankError('INSUFFICIENT_FUNDS', details))).toMatchObject({
      detail: 'See errors for each field.',
      errors: [{ field: 'amount', message: 'must be greater than zero' }],
      transaction_id: 'transaction-1',
      transaction_ref: 'TXN1',
    });
  });

  test('tells nothing of what caused it', () => {
    const cause = Object.assign(
      new Error('ERROR: relation "bank.accounts" at arn:aws:rds:us-east-1:000000000000:cluster:bank; SQLState: 42P01'),
      { sql: 'select bank.post_transfer(…)' },
    );
    const answer = JSON.stringify(problem(new BankError('INTERNAL_ERROR', { cause }), 'request-1'));
    expect(answer).not.toMatch(/bank\.|arn:|SQLState|select|stack|\.ts:/);
  });
});

describe('the headers of a problem', () => {
  test('say when to come back where that is known', () => {
    expect(headersOf('UNAVAILABLE', { retryAfter: 1 })).toMatchObject({ 'retry-after': '1' });
    expect(headersOf('UNAVAILABLE')).not.toHaveProperty('retry-after');
  });

  test('say that it is replayed only where it is', () => {
    expect(headersOf('INSUFFICIENT_FUNDS', { replayed: true })).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(headersOf('INSUFFICIENT_FUNDS', { replayed: false })).not.toHaveProperty('idempotent-replayed');
  });

  test('ask for a bearer token where one is missing, and nowhere else', () => {
    const asking = errorCodes.filter(code => headersOf(code)?.['www-authenticate'] === 'Bearer');
    expect(asking).toEqual(['UNAUTHENTICATED']);
  });
});

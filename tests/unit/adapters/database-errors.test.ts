import { describe, expect, test } from 'vitest';
import { databaseUnavailable, isRepeatable, sqlState } from '../../../lambdas/adapters/database-errors.ts';
import { databaseError, finalErrors, namedError, repeatableErrors } from '../support/data-api-errors.ts';

describe('the SQLSTATE', () => {
  test('is read from the end of the message', () => {
    const error = new Error('ERROR: deadlock detected; Hint: See server log for query details.; SQLState: 40P01');
    expect(sqlState(error)).toBe('40P01');
  });

  test('is read after a position', () => {
    expect(sqlState(new Error('ERROR: syntax error at or near "x"; Position: 8; SQLState: 42601'))).toBe('42601');
  });

  test('is not read from what the message quotes', () => {
    expect(sqlState(databaseError('22P02', 'invalid input syntax for type uuid: "SQLState: 40001"'))).toBe('22P02');
  });

  test.each([new Error('The cluster is resuming'), new Error('SQLState: 40'), 'SQLState: 40001', undefined, null])(
    'is none in %o',
    error => {
      expect(sqlState(error)).toBeUndefined();
    },
  );
});

describe('a call', () => {
  test.each(repeatableErrors)('may be sent again after %s', (_what, error) => {
    expect(isRepeatable(error)).toBe(true);
  });

  test.each(finalErrors)('may not be sent again after %s', (_what, error) => {
    expect(isRepeatable(error)).toBe(false);
  });

  test.each(['ThrottlingException', undefined, { name: 'TimeoutError' }])(
    'may not be sent again after %o was thrown, which is no error',
    thrown => {
      expect(isRepeatable(thrown)).toBe(false);
    },
  );
});

test('a caller is told that the database is unavailable and when to come back, and nothing of why', () => {
  const cause = namedError('TimeoutError', 'arn:aws:rds:us-east-1:000000000000:cluster:bank');
  const { code, details, message } = databaseUnavailable(cause);
  expect(code).toBe('UNAVAILABLE');
  expect(details.retryAfter).toBeGreaterThan(0);
  expect(details.cause).toBe(cause);
  expect(message).not.toContain('arn:');
});

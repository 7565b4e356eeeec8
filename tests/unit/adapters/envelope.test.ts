import { describe, expect, test } from 'vitest';
import { accept, answerOf, callerJson } from '../../../lambdas/adapters/envelope.ts';
import { errorCodes } from '../../../lambdas/domain/errors.ts';
import { transaction } from '../../../lambdas/domain/transaction.ts';
import { customer, customerId } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';
import { refusedTransaction, transactionId, transactionWith } from '../support/records.ts';

const posted = answerOf({ transaction });
const accepted = (answer: unknown) => accept(posted.parse(answer));

describe('an answer', () => {
  test('of what was asked for is handed on, as the first of its key unless it says otherwise', () => {
    const entry = transactionWith();
    expect(accepted({ transaction: entry })).toEqual({ transaction: entry, replayed: false });
    expect(accepted({ transaction: entry, replayed: true })).toEqual({ transaction: entry, replayed: true });
  });

  test.each([
    ['nothing', null],
    ['an empty document', {}],
    ['half a transaction', { transaction: { id: transactionId } }],
    ['an amount that is a number', { transaction: { ...transactionWith(), amount: 12.5 } }],
    ['a refusal without a code', { refusal: { field: null } }],
  ])('that is %s is a defect', (_what, answer) => {
    expect(() => accepted(answer)).toThrow(expect.objectContaining({ name: 'ZodError' }));
  });
});

describe('a refusal', () => {
  test.each(errorCodes)('with the code %s is that error', async code => {
    const error = await bankErrorOf(() => accepted({ refusal: { code, field: null } }));
    expect(error.code).toBe(code);
    expect(error.details.fields).toBeUndefined();
  });

  test('names the field of the request that is to blame', async () => {
    const { details } = await bankErrorOf(() =>
      accepted({ refusal: { code: 'ACCOUNT_NOT_ACTIVE', field: 'to_account_id' } }),
    );
    expect(details.fields).toEqual([{ field: 'to_account_id', message: 'The account is not active' }]);
  });

  test('of what only the database can tell says what the field must be', async () => {
    const { details } = await bankErrorOf(() =>
      accepted({ refusal: { code: 'INVALID_REQUEST', field: 'rules.0.rule', message: 'must be one of A, B' } }),
    );
    expect(details.fields).toEqual([{ field: 'rules.0.rule', message: 'must be one of A, B' }]);
  });

  test('that was recorded as a FAILED transaction is never taken for a success', async () => {
    const answer = { refusal: { code: 'INSUFFICIENT_FUNDS', field: 'amount' }, transaction: refusedTransaction() };
    const { code, details } = await bankErrorOf(() => accepted(answer));
    expect(code).toBe('INSUFFICIENT_FUNDS');
    expect(details.transaction).toEqual({ id: transactionId, ref: answer.transaction.transaction_ref });
  });

  test.each([true, false])('says whether it is replayed: %s', async replayed => {
    const { details } = await bankErrorOf(() => accepted({ refusal: { code: 'FORBIDDEN', field: null }, replayed }));
    expect(details.replayed).toBe(replayed);
  });

  test('because a request is in flight says when to come back', async () => {
    const { details } = await bankErrorOf(() => accepted({ refusal: { code: 'REQUEST_IN_FLIGHT', field: null } }));
    expect(details.retryAfter).toBe(1);
  });

  test('over a limit says which one, and when to come back', async () => {
    const rate_limit = { policy: 'requests', quota: 1000, window: 3600, remaining: 0, reset: 120 };
    const { details } = await bankErrorOf(() =>
      accepted({ refusal: { code: 'RATE_LIMITED', field: null }, rate_limit }),
    );
    expect([details.retryAfter, details.rateLimit]).toEqual([120, rate_limit]);
  });

  test('for another reason says how the caller stands with its limit, and asks for no wait', async () => {
    const rate_limit = { policy: 'transfers', quota: 10, window: 60, remaining: 4, reset: 30 };
    const { details } = await bankErrorOf(() => accepted({ refusal: { code: 'FORBIDDEN', field: null }, rate_limit }));
    expect([details.retryAfter, details.rateLimit]).toEqual([undefined, rate_limit]);
  });

  test.each(['NO_SUCH_CODE', 'toString'])('with the unknown code %s is a defect', code => {
    expect(() => accepted({ refusal: { code, field: null } })).toThrow(
      expect.objectContaining({ name: 'Error', message: expect.stringContaining(code) }),
    );
  });
});

test('a caller goes to the database whole, and as the SQL functions read it', () => {
  expect(JSON.parse(callerJson(customer))).toEqual({
    id: customerId,
    roles: ['customer'],
    own_accounts_only: true,
    request_id: 'request-1',
    ip: '192.0.2.7',
    user_agent: 'unit-test/1',
    session_id: 'session-1',
  });
});

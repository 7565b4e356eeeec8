import { describe, expect, test } from 'vitest';
import { getHealth } from '../../../lambdas/api/system/get-health.ts';
import { getTransaction } from '../../../lambdas/api/transactions/get-transaction.ts';
import { listTransactions } from '../../../lambdas/api/transactions/list-transactions.ts';
import { customerId } from '../support/callers.ts';
import { refusedFields } from '../support/errors.ts';
import { eventWithoutToken, type RequestOptions } from '../support/events.ts';
import { fakeTransactions, send } from '../support/fakes.ts';
import { accountId, refusedTransaction, transactionId, transactionWith } from '../support/records.ts';

/** Lists transactions, and answers what the bank was asked. */
async function list(request: RequestOptions = {}) {
  const transactions = fakeTransactions();
  const answer = await send(listTransactions, { transactions }, request);
  return { answer, asked: transactions.listTransactions.mock.calls[0]?.[0] };
}

describe('the list of transactions', () => {
  test("is of all the caller's accounts, 50 at a time, unless the caller says otherwise", async () => {
    expect((await list()).asked).toMatchObject({ account_id: undefined, limit: 50, cursor: undefined });
  });

  test('is of the account that is named, for the caller', async () => {
    const { asked } = await list({ query: { account_id: accountId, limit: '5', cursor: 'abc' } });
    expect(asked).toMatchObject({
      account_id: accountId,
      limit: 5,
      cursor: 'abc',
      caller: { id: customerId, ownAccountsOnly: true },
    });
  });

  test('has every field of every transaction, and says that there is no next page', async () => {
    expect((await list()).answer.json).toEqual({ transactions: [transactionWith()], next_cursor: null });
  });

  test('names every part of the query that is wrong', async () => {
    const query = { account_id: '1', limit: '0', cursor: '?', status: 'FAILED' };
    expect(await refusedFields(() => list({ query }))).toEqual(Object.keys(query));
  });
});

describe('one transaction', () => {
  test('is read for the caller and answered with every field', async () => {
    const transactions = fakeTransactions();
    const { json } = await send(getTransaction, { transactions }, { params: { id: transactionId } });
    expect(json).toEqual(transactionWith());
    expect(transactions.readTransaction).toHaveBeenCalledExactlyOnceWith(
      transactionId,
      expect.objectContaining({ id: customerId }),
    );
  });

  test('that failed says why', async () => {
    const transactions = fakeTransactions();
    transactions.readTransaction.mockResolvedValue(refusedTransaction());
    const { statusCode, json } = await send(getTransaction, { transactions }, { params: { id: transactionId } });
    expect(statusCode).toBe(200);
    expect(json).toMatchObject({ status: 'FAILED', failure_code: 'INSUFFICIENT_FUNDS', completed_at: null });
  });
});

test('the API is healthy, and says so to anybody', async () => {
  const { statusCode, body } = await getHealth.run(eventWithoutToken({ routeKey: 'GET /health' }), {}, []);
  expect(statusCode).toBe(200);
  expect(body).toBe('{"status":"healthy"}');
});

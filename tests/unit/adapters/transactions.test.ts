import { describe, expect, test } from 'vitest';
import {
  createTransactions,
  type ListTransactions,
  type Transactions,
} from '../../../lambdas/adapters/transactions.ts';
import { customer, customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { accountId, refusedTransaction, transactionId, transactionWith } from '../support/records.ts';

/** Asks for something where the database answers so, and answers the queries that were sent. */
async function ask<Outcome>(work: (transactions: Transactions) => Promise<Outcome>, reply: unknown) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await work(createTransactions(database));
  expect(sent).toHaveLength(1);
  return { outcome, query: sent[0] ?? { sql: '', parameters: {} } };
}

describe('reading a transaction', () => {
  const read = (reply: unknown) => ask(transactions => transactions.readTransaction(transactionId, customer), reply);

  test('is one call of its SQL function, for the caller', async () => {
    const { query, outcome } = await read({ transaction: transactionWith() });
    expect(functionOf(query)).toBe('bank.read_transaction');
    expect(castsOf(query)).toEqual({ id: 'uuid', caller: 'jsonb' });
    expect(query.parameters).toEqual({ id: transactionId, caller: expect.stringContaining(customerId) });
    expect(outcome).toEqual(transactionWith());
  });

  test('that failed answers it: to read a refusal is not to be refused', async () => {
    const failed = refusedTransaction();
    expect((await read({ transaction: failed })).outcome).toEqual(failed);
  });

  test.each(['TRANSACTION_NOT_FOUND', 'FORBIDDEN'])('that is refused with %s throws', async code => {
    expect((await bankErrorOf(() => read({ refusal: { code, field: 'id' } }))).code).toBe(code);
  });
});

describe('listing transactions', () => {
  const newer = transactionWith();
  const older = transactionWith({
    id: '018f2f3a-0000-7000-8000-00000000f000',
    created_at: '2026-02-03T04:05:06.123455+00:00',
  });
  const list = (reply: unknown, changes: Partial<ListTransactions> = {}) =>
    ask(
      transactions =>
        transactions.listTransactions({
          account_id: accountId,
          limit: 1,
          cursor: undefined,
          caller: customer,
          ...changes,
        }),
      reply,
    );

  test('is one call of its SQL function, for one row more than the page holds', async () => {
    const { query } = await list({ transactions: [] }, { limit: 100 });
    expect(functionOf(query)).toBe('bank.list_transactions');
    expect(castsOf(query)).toEqual({
      account_id: 'uuid',
      before_created_at: 'timestamptz',
      before_id: 'uuid',
      page_size: 'integer',
      caller: 'jsonb',
    });
    expect(query.parameters).toEqual({
      account_id: accountId,
      before_created_at: null,
      before_id: null,
      page_size: 101,
      caller: expect.stringContaining(customerId),
    });
  });

  test('without an account names none', async () => {
    expect((await list({ transactions: [] }, { account_id: undefined })).query.parameters.account_id).toBeNull();
  });

  test('goes on where the cursor of the page before says', async () => {
    const { outcome } = await list({ transactions: [newer, older] });
    expect(outcome.transactions).toEqual([newer]);
    const { query } = await list({ transactions: [older] }, { cursor: outcome.next_cursor ?? '' });
    expect(query.parameters).toMatchObject({ before_created_at: newer.created_at, before_id: newer.id });
  });

  test('ends with a page that has no cursor', async () => {
    expect((await list({ transactions: [older] })).outcome).toEqual({ transactions: [older], next_cursor: null });
  });

  test('with a forged cursor asks the database nothing', async () => {
    const { database, sent } = fakeDatabase(() => ({ transactions: [] }));
    const request = { account_id: undefined, limit: 1, cursor: 'e30', caller: customer };
    expect(await refusedFields(() => createTransactions(database).listTransactions(request))).toEqual(['cursor']);
    expect(sent).toEqual([]);
  });

  test.each(['ACCOUNT_NOT_FOUND', 'NOT_YOUR_ACCOUNT'])('that is refused with %s throws', async code => {
    const error = await bankErrorOf(() => list({ refusal: { code, field: 'account_id' } }));
    expect(error.code).toBe(code);
    expect(error.details.fields).toMatchObject([{ field: 'account_id' }]);
  });
});

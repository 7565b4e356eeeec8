import { describe, expect, test } from 'vitest';
import { type Accounts, createAccounts, type OpenAccount } from '../../../lambdas/adapters/accounts.ts';
import { decodeCursor, encodeCursor } from '../../../lambdas/domain/page.ts';
import { customer, customerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';
import { accountId, accountWith, otherAccountId } from '../support/records.ts';

/** Asks for something where the database answers so, and answers the one query that was sent. */
async function ask<Outcome>(work: (accounts: Accounts) => Promise<Outcome>, reply: unknown) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await work(createAccounts(database));
  expect(sent).toHaveLength(1);
  return { outcome, query: sent[0] ?? { sql: '', parameters: {} } };
}

describe('opening an account', () => {
  const request: OpenAccount = {
    customer_id: customerId,
    account_type: 'SAVINGS',
    currency: 'EUR',
    interest_rate: '0.0325',
    overdraft_limit: '50.00',
    accountLimit: 5,
    verifiedOnly: true,
    caller: customer,
    key: 'key-1',
  };
  const open = (changes: Partial<OpenAccount> = {}, reply: unknown = { account: accountWith() }) =>
    ask(accounts => accounts.openAccount({ ...request, ...changes }), reply);

  test('is one call of its SQL function, with every parameter sent and cast', async () => {
    const { query } = await open();
    expect(functionOf(query)).toBe('bank.open_account');
    expect(castsOf(query)).toEqual({
      id: 'uuid',
      customer_id: 'uuid',
      account_type: 'text',
      currency: 'text',
      interest_rate: 'numeric',
      overdraft_limit: 'numeric',
      account_limit: 'integer',
      verified_only: 'boolean',
      key: 'text',
      caller: 'jsonb',
    });
    expect(query.parameters).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      customer_id: customerId,
      account_type: 'SAVINGS',
      currency: 'EUR',
      interest_rate: '0.0325',
      overdraft_limit: '50.00',
      account_limit: 5,
      verified_only: true,
      key: 'key-1',
      caller: expect.stringContaining(customerId),
    });
  });

  test('without a key has its own id for one', async () => {
    const { parameters } = (await open({ key: undefined })).query;
    expect(parameters.key).toBe(parameters.id);
  });

  test('without a limit sends none', async () => {
    expect((await open({ accountLimit: null })).query.parameters.account_limit).toBeNull();
  });

  test('answers the account, and whether it was opened before', async () => {
    const account = accountWith();
    expect((await open({}, { account, replayed: true })).outcome).toEqual({ account, replayed: true });
  });

  test('that is refused throws', async () => {
    const refused = { refusal: { code: 'TOO_MANY_ACCOUNTS', field: null } };
    expect((await bankErrorOf(() => open({}, refused))).code).toBe('TOO_MANY_ACCOUNTS');
  });
});

describe('reading an account', () => {
  const read = (reply: unknown) => ask(accounts => accounts.readAccount(accountId, customer), reply);

  test('is one call of its SQL function, for the caller', async () => {
    const { query, outcome } = await read({ account: accountWith() });
    expect(functionOf(query)).toBe('bank.read_account');
    expect(castsOf(query)).toEqual({ id: 'uuid', caller: 'jsonb' });
    expect(query.parameters).toEqual({ id: accountId, caller: expect.stringContaining(customerId) });
    expect(outcome).toEqual(accountWith());
  });

  test.each(['ACCOUNT_NOT_FOUND', 'NOT_YOUR_ACCOUNT'])('that is refused with %s throws', async code => {
    const error = await bankErrorOf(() => read({ refusal: { code, field: 'id' } }));
    expect(error.code).toBe(code);
    expect(error.details.fields).toMatchObject([{ field: 'id' }]);
  });
});

describe('listing accounts', () => {
  const first = accountWith();
  const second = accountWith({ id: otherAccountId, created_at: '2026-01-03T00:00:00.000001+00:00' });
  const list = (reply: unknown, changes: { limit?: number; cursor?: string } = {}) =>
    ask(
      accounts =>
        accounts.listAccounts({ customer_id: customerId, limit: 1, cursor: undefined, caller: customer, ...changes }),
      reply,
    );

  test('is one call of its SQL function, for one row more than the page holds', async () => {
    const { query } = await list({ accounts: [] }, { limit: 20 });
    expect(functionOf(query)).toBe('bank.list_accounts');
    expect(castsOf(query)).toEqual({
      customer_id: 'uuid',
      after_created_at: 'timestamptz',
      after_id: 'uuid',
      page_size: 'integer',
      caller: 'jsonb',
    });
    expect(query.parameters).toMatchObject({
      customer_id: customerId,
      after_created_at: null,
      after_id: null,
      page_size: 21,
    });
  });

  test('goes on where the cursor of the page before says', async () => {
    const { outcome } = await list({ accounts: [first, second] });
    expect(outcome.accounts).toEqual([first]);
    const { query } = await list({ accounts: [second] }, { cursor: outcome.next_cursor ?? '' });
    expect(query.parameters).toMatchObject({ after_created_at: first.created_at, after_id: first.id });
  });

  test('ends with a page that has no cursor', async () => {
    expect((await list({ accounts: [first] })).outcome).toEqual({ accounts: [first], next_cursor: null });
  });

  test('with a cursor of its own making finds its place again to the microsecond', async () => {
    const { outcome } = await list({ accounts: [second, first] });
    expect(decodeCursor('accounts', outcome.next_cursor ?? '')).toEqual({
      created_at: second.created_at,
      id: second.id,
    });
  });

  test('with a forged cursor asks the database nothing', async () => {
    const { database, sent } = fakeDatabase(() => ({ accounts: [] }));
    const request = { customer_id: customerId, limit: 1, caller: customer };
    const cursor = encodeCursor('accounts', { created_at: "' or 1=1", id: accountId });
    expect(await refusedFields(() => createAccounts(database).listAccounts({ ...request, cursor }))).toEqual([
      'cursor',
    ]);
    expect(sent).toEqual([]);
  });

  test("of another customer's throws", async () => {
    const error = await bankErrorOf(() => list({ refusal: { code: 'FORBIDDEN', field: 'customer_id' } }));
    expect(error.code).toBe('FORBIDDEN');
  });
});

import { describe, expect, test } from 'vitest';
import { getAccount } from '../../../lambdas/api/accounts/get-account.ts';
import { getBalance } from '../../../lambdas/api/accounts/get-balance.ts';
import { listAccounts } from '../../../lambdas/api/accounts/list-accounts.ts';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { customerId, strangerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf, type RequestOptions } from '../support/events.ts';
import { accountsCapability, send } from '../support/fakes.ts';
import { accountId, accountWith } from '../support/records.ts';

describe('the list of accounts', () => {
  /** Lists accounts, and answers what the bank was asked. */
  async function list(request: RequestOptions = {}) {
    const { accounts, ...rest } = accountsCapability();
    const answer = await send(listAccounts, { accounts, ...rest }, request);
    return { answer, asked: accounts.listAccounts.mock.calls[0]?.[0] };
  }

  test("is of the caller's own, 50 at a time, unless the caller says otherwise", async () => {
    const { asked } = await list();
    expect(asked).toMatchObject({ customer_id: customerId, limit: 50, cursor: undefined });
  });

  test('is of the customer that is named, and the bank is told who asks', async () => {
    const { asked } = await list({ claims: claimsOf('auditor'), query: { customer_id: strangerId } });
    expect(asked).toMatchObject({ customer_id: strangerId, caller: { id: customerId, ownAccountsOnly: false } });
  });

  test("of another customer is asked for as a customer: that it isn't its own is for the ledger to refuse", async () => {
    const { asked } = await list({ query: { customer_id: strangerId } });
    expect(asked?.caller.ownAccountsOnly).toBe(true);
  });

  test('has every field of every account, and says where the next page begins', async () => {
    expect((await list()).answer.json).toEqual({ accounts: [accountWith()], next_cursor: 'next' });
  });

  test('holds at most 100, however many are asked for', async () => {
    expect((await list({ query: { limit: '101' } })).asked?.limit).toBe(100);
    expect((await list({ query: { limit: '999999999' } })).asked?.limit).toBe(100);
    expect((await list({ query: { limit: '1' } })).asked?.limit).toBe(1);
  });

  test.each(['0', '-1', '1.5', '1e2', '01', '', 'all', '10,20'])('has no limit of "%s"', async limit => {
    expect(await refusedFields(() => list({ query: { limit } }))).toEqual(['limit']);
  });

  test.each(['', 'not base64!', 'x'.repeat(201)])('does not go on from "%s"', async cursor => {
    expect(await refusedFields(() => list({ query: { cursor } }))).toEqual(['cursor']);
  });
});

describe('one account', () => {
  test('is read for the caller and answered with every field', async () => {
    const { accounts, ...rest } = accountsCapability();
    const { json } = await send(getAccount, { accounts, ...rest }, { params: { id: accountId } });
    expect(json).toEqual(accountWith());
    expect(accounts.readAccount).toHaveBeenCalledExactlyOnceWith(
      accountId,
      expect.objectContaining({ id: customerId }),
    );
  });

  test.each(['7', '', "' or 1=1", `${accountId} `])('is not looked for under the id "%s"', async id => {
    expect(await refusedFields(() => send(getAccount, accountsCapability(), { params: { id } }))).toEqual(['id']);
  });

  test('that the bank refuses to show is refused as the bank says', async () => {
    const { accounts, ...rest } = accountsCapability();
    accounts.readAccount.mockRejectedValue(new BankError('NOT_YOUR_ACCOUNT'));
    const error = await bankErrorOf(() => send(getAccount, { accounts, ...rest }, { params: { id: accountId } }));
    expect(error.code).toBe('NOT_YOUR_ACCOUNT');
  });
});

test('a balance is the ledger balance, what is held and the available balance of one account, and nothing else of it', async () => {
  const { json } = await send(getBalance, accountsCapability(), { params: { id: accountId } });
  expect(json).toEqual({
    account_id: accountId,
    balance: '100.00',
    currency: 'USD',
    held: '0.00',
    available_balance: '150.00',
  });
});

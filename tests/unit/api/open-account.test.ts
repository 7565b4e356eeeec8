import { describe, expect, test } from 'vitest';
import { openAccount } from '../../../lambdas/api/accounts/open-account.ts';
import { customerId, strangerId } from '../support/callers.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf, type RequestOptions } from '../support/events.ts';
import { accountsCapability, fakeAccounts, send } from '../support/fakes.ts';
import { accountWith } from '../support/records.ts';

/** Opens an account in a group, and answers what the bank was asked. */
async function open(group: string, body: object, headers: RequestOptions['headers'] = {}) {
  const accounts = fakeAccounts();
  const request = { claims: claimsOf(group), body, headers };
  const answer = await send(openAccount, { ...accountsCapability(), accounts }, request);
  return { answer, asked: accounts.openAccount.mock.calls[0]?.[0] };
}

/** The refusal of a request, of which the bank must not have been asked anything. */
async function refusalOf(group: string, body: object) {
  const accounts = fakeAccounts();
  const request = { claims: claimsOf(group), body };
  const error = await bankErrorOf(() => send(openAccount, { ...accountsCapability(), accounts }, request));
  expect(accounts.openAccount).not.toHaveBeenCalled();
  return error;
}

describe('a customer', () => {
  test.each(['SAVINGS', 'CHECKING'])(
    'opens a %s account for itself on ordinary terms, within its limit',
    async type => {
      const { answer, asked } = await open('customer', { account_type: type }, { 'idempotency-key': 'key-1' });
      expect(asked).toMatchObject({
        customer_id: customerId,
        account_type: type,
        currency: 'USD',
        interest_rate: '0',
        overdraft_limit: '0',
        accountLimit: 5,
        key: 'key-1',
        caller: { id: customerId, ownAccountsOnly: true },
      });
      expect(answer.statusCode).toBe(201);
      expect(answer.json).toEqual(accountWith());
    },
  );

  test('may say that it is itself, in whatever letters its id is written', async () => {
    expect((await open('customer', { account_type: 'SAVINGS', customer_id: customerId })).answer.statusCode).toBe(201);
    const upper = { account_type: 'SAVINGS', customer_id: customerId.toUpperCase() };
    expect((await open('customer', upper)).answer.statusCode).toBe(201);
  });

  test('may choose the currency', async () => {
    expect((await open('customer', { account_type: 'SAVINGS', currency: 'EUR' })).asked?.currency).toBe('EUR');
  });

  test.each([
    ['for another customer', { account_type: 'SAVINGS', customer_id: strangerId }],
    ['on credit', { account_type: 'CREDIT' }],
    ['with an overdraft', { account_type: 'SAVINGS', overdraft_limit: '100' }],
    ['with an overdraft of nothing', { account_type: 'SAVINGS', overdraft_limit: '0' }],
    ['at a rate of its own', { account_type: 'SAVINGS', interest_rate: '1' }],
  ])('opens no account %s', async (_how, body) => {
    expect((await refusalOf('customer', body)).code).toBe('FORBIDDEN');
  });

  test('is told which terms are not its to set', async () => {
    const { details } = await refusalOf('customer', {
      account_type: 'CREDIT',
      interest_rate: '0.1',
      overdraft_limit: '9',
    });
    expect(details.fields?.map(({ field }) => field)).toEqual(['interest_rate', 'overdraft_limit']);
  });

  test('who may hold no account is held to none: a limit of zero is not the absence of one', async () => {
    const accounts = fakeAccounts();
    await send(
      openAccount,
      { ...accountsCapability(), accounts, customerAccountLimit: 0 },
      { body: { account_type: 'SAVINGS' } },
    );
    expect(accounts.openAccount.mock.calls[0]?.[0].accountLimit).toBe(0);
  });
});

describe.each(['teller', 'admin'])('a member of staff (%s)', group => {
  test('opens an account of any type for a customer, on any terms, without a limit', async () => {
    const body = {
      customer_id: strangerId,
      account_type: 'CREDIT',
      currency: 'JPY',
      interest_rate: '0.19',
      overdraft_limit: '5000',
    };
    const { asked } = await open(group, body);
    expect(asked).toMatchObject({ ...body, accountLimit: null, key: undefined, caller: { ownAccountsOnly: false } });
  });

  test('names the customer', async () => {
    const work = () =>
      send(openAccount, accountsCapability(), { claims: claimsOf(group), body: { account_type: 'SAVINGS' } });
    expect(await refusedFields(work)).toEqual(['customer_id']);
  });
});

describe('a request to open an account', () => {
  test('names every field that is wrong, and those that nobody may set', async () => {
    const body = {
      customer_id: '7',
      account_type: 'GOLD',
      currency: 'usd',
      interest_rate: '3.25',
      overdraft_limit: '-1',
      balance: '1000000',
      status: 'ACTIVE',
      version: 9,
    };
    const { code, details } = await refusalOf('teller', body);
    expect(code).toBe('INVALID_REQUEST');
    expect(details.fields?.map(({ field }) => field)).toEqual(Object.keys(body));
  });

  test('needs a type', async () => {
    expect((await refusalOf('customer', {})).details.fields).toMatchObject([{ field: 'account_type' }]);
  });

  test.each([true, false])(
    'asks for a verified customer as the stage says (%s)',
    async accountsNeedVerifiedCustomer => {
      const accounts = fakeAccounts();
      const capability = { ...accountsCapability(), accounts, accountsNeedVerifiedCustomer };
      await send(openAccount, capability, { body: { account_type: 'SAVINGS' } });
      expect(accounts.openAccount.mock.calls[0]?.[0].verifiedOnly).toBe(accountsNeedVerifiedCustomer);
    },
  );

  test('that came before says so', async () => {
    const accounts = fakeAccounts();
    accounts.openAccount.mockResolvedValue({ account: accountWith(), replayed: true });
    const request = { body: { account_type: 'SAVINGS' } };
    const { headers } = await send(openAccount, { ...accountsCapability(), accounts }, request);
    expect(headers).toMatchObject({ 'idempotent-replayed': 'true' });
  });
});

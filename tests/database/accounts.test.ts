import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
});
afterAll(() => bank.close());

function open(
  owner: ActingCaller,
  terms: { currency?: string; overdraft_limit?: string; accountLimit?: number | null; caller?: ActingCaller } = {},
) {
  const { currency = 'USD', overdraft_limit = '0', accountLimit = null, caller = teller } = terms;
  const rest = { account_type: 'SAVINGS', interest_rate: '0.0325', key: undefined };
  return bank.accounts.openAccount({
    customer_id: owner.id,
    currency,
    overdraft_limit,
    accountLimit,
    verifiedOnly: false,
    caller,
    ...rest,
  });
}

test('a new account is active, empty, at version 1, and has a number with a valid check digit', async () => {
  const { account } = await open(alice, { overdraft_limit: '100' });
  expect(account).toMatchObject({
    customer_id: alice.id,
    account_type: 'SAVINGS',
    balance: '0.00',
    available_balance: '100.00',
    status: 'ACTIVE',
    interest_rate: '0.032500',
    overdraft_limit: '100.00',
    version: 1,
  });
  const digits = [...account.account_number].map(Number).reverse();
  const luhn = digits.reduce(
    (sum, digit, index) => sum + (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2),
    0,
  );
  expect(digits).toHaveLength(10);
  expect(luhn % 10).toBe(0);
});

test('opening leaves an event', async () => {
  const { account } = await open(alice);
  const { rows } = await bank.database.pool.query('select type, data from bank.events where aggregate_id = $1', [
    account.id,
  ]);
  expect(rows).toMatchObject([{ type: 'AccountOpened', data: { id: account.id, status: 'ACTIVE' } }]);
});

test('amounts read with the decimal places of their currency', async () => {
  const owner = await bank.customer();
  const yen = await open(owner, { currency: 'JPY', overdraft_limit: '500' });
  const dinar = await open(owner, { currency: 'BHD', overdraft_limit: '0.125' });
  expect([yen.account.balance, yen.account.overdraft_limit]).toEqual(['0', '500']);
  expect([dinar.account.balance, dinar.account.overdraft_limit]).toEqual(['0.000', '0.125']);
});

test('an unknown customer, an unknown currency and a limit too fine are refused', async () => {
  await expect(open({ ...alice, id: randomUUID() })).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' });
  await expect(open(alice, { currency: 'XXX' })).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
    details: { fields: [{ field: 'currency' }] },
  });
  await expect(open(alice, { overdraft_limit: '0.001' })).rejects.toMatchObject({
    code: 'AMOUNT_NOT_REPRESENTABLE',
    details: { fields: [{ field: 'overdraft_limit' }] },
  });
});

test('a customer that opens many accounts at once gets no more than its limit', async () => {
  const owner = await bank.customer();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, () => open(owner, { accountLimit: 5, caller: owner })),
  );
  expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(5);
  expect(outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.code] : []))).toEqual(
    Array.from({ length: 7 }, () => 'TOO_MANY_ACCOUNTS'),
  );
});

test('a customer reads its own accounts only; staff read any', async () => {
  const [owner, other] = [await bank.customer(), await bank.customer()];
  const { account } = await open(owner);
  expect(await bank.accounts.readAccount(account.id, owner)).toEqual(account);
  expect(await bank.accounts.readAccount(account.id, teller)).toEqual(account);
  await expect(bank.accounts.readAccount(account.id, other)).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
  await expect(bank.accounts.readAccount(randomUUID(), owner)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  const list = (caller: ActingCaller) =>
    bank.accounts.listAccounts({ customer_id: owner.id, limit: 10, cursor: undefined, caller });
  expect((await list(owner)).accounts).toEqual([account]);
  expect((await list(teller)).accounts).toEqual([account]);
  await expect(list(other)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('pages of accounts hold each account once, oldest first', async () => {
  const owner = await bank.customer();
  const opened: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    opened.push((await open(owner)).account.id);
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await bank.accounts.listAccounts({ customer_id: owner.id, limit: 2, cursor, caller: owner });
    expect(page.accounts.length).toBeLessThanOrEqual(2);
    seen.push(...page.accounts.map(account => account.id));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(opened);
});

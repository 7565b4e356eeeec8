import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
let checking: string;
let savings: string;
let bobs: string;
beforeAll(async () => {
  bank = await openTestBank();
  [alice, bob] = [await bank.customer(), await bank.customer()];
  [checking, savings, bobs] = [await bank.account(alice, '100'), await bank.account(alice), await bank.account(bob)];
  for (const [to_account_id, amount] of [
    [savings, '1'],
    [bobs, '2'],
    [savings, '3'],
    [bobs, '4'],
  ] as const) {
    await bank.ledger.postTransfer({
      from_account_id: checking,
      to_account_id,
      amount,
      description: undefined,
      caller: alice,
      key: undefined,
    });
  }
});
afterAll(() => bank.close());

async function amounts(account_id: string | undefined, caller: ActingCaller, limit = 50) {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await bank.transactions.listTransactions({ account_id, limit, cursor, caller });
    expect(page.transactions.length).toBeLessThanOrEqual(limit);
    seen.push(...page.transactions.map(entry => entry.amount));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return seen;
}

test('an account lists what went out of it and came into it, newest first', async () => {
  expect(await amounts(checking, alice)).toEqual(['4.00', '3.00', '2.00', '1.00', '100.00']);
  expect(await amounts(savings, alice)).toEqual(['3.00', '1.00']);
  expect(await amounts(bobs, bob)).toEqual(['4.00', '2.00']);
});

test.each([1, 2, 3, 5])('pages of %i hold each transaction once and in order', async limit => {
  expect(await amounts(checking, alice, limit)).toEqual(['4.00', '3.00', '2.00', '1.00', '100.00']);
});

test("without an account a customer lists all of its own, one between them once; bob's are not among them", async () => {
  expect(await amounts(undefined, alice, 2)).toEqual(['4.00', '3.00', '2.00', '1.00', '100.00']);
  expect(await amounts(undefined, bob)).toEqual(['4.00', '2.00']);
  expect(await amounts(undefined, teller)).toEqual([]);
});

test("another customer's list is refused, an unknown account is not found", async () => {
  await expect(amounts(checking, bob)).rejects.toMatchObject({
    code: 'NOT_YOUR_ACCOUNT',
    details: { fields: [{ field: 'account_id' }] },
  });
  await expect(amounts(randomUUID(), bob)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  expect(await amounts(checking, teller)).toHaveLength(5);
});

test('one transaction is read by both of its sides and by staff, by nobody else', async () => {
  const stranger = await bank.customer();
  const { transactions } = await bank.transactions.listTransactions({
    account_id: bobs,
    limit: 1,
    cursor: undefined,
    caller: bob,
  });
  const id = transactions[0]?.id ?? '';
  for (const caller of [alice, bob, teller]) {
    expect(await bank.transactions.readTransaction(id, caller)).toEqual(transactions[0]);
  }
  await expect(bank.transactions.readTransaction(id, stranger)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(bank.transactions.readTransaction(randomUUID(), alice)).rejects.toMatchObject({
    code: 'TRANSACTION_NOT_FOUND',
  });
});

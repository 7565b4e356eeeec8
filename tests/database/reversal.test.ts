import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  [alice, bob] = [await bank.customer(), await bank.customer()];
});
afterAll(() => bank.close());

function reverse(transaction_id: string) {
  return bank.ledger.postReversal({ transaction_id, description: 'mistake', caller: teller, key: undefined });
}

async function transferred(amount: string) {
  const [from, to] = [await bank.account(alice, amount), await bank.account(bob)];
  const request = {
    from_account_id: from,
    to_account_id: to,
    amount,
    description: undefined,
    caller: alice,
    key: undefined,
  };
  return { from, to, id: (await bank.ledger.postTransfer(request)).transaction.id };
}

test('a reversed transfer gives the money back as a new transaction, and the first one then reads REVERSED', async () => {
  const { from, to, id } = await transferred('40');
  const { transaction } = await reverse(id);
  expect(transaction).toMatchObject({
    transaction_type: 'REVERSAL',
    status: 'COMPLETED',
    from_account_id: to,
    to_account_id: from,
    amount: '40.00',
    reverses_transaction_id: id,
  });
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['40.00', '0.00']);
  expect(await bank.transactions.readTransaction(id, alice)).toMatchObject({ status: 'REVERSED', amount: '40.00' });
});

test.each(['deposit', 'withdrawal', 'fee'] as const)(
  'a %s can be reversed: its postings come back negated, cash and income included',
  async kind => {
    const account = await bank.account(alice, '100');
    const { rows } = await bank.database.pool.query(
      `select bank.post_${kind}(bank.uuid_v7(), $1, 30, null, $2, $3) as answer`,
      [account, randomUUID(), JSON.stringify({ id: teller.id, own_accounts_only: false })],
    );
    const { id } = rows[0].answer.transaction;
    const reversal = (await reverse(id)).transaction.id;
    expect(await bank.balance(account)).toBe('100.00');
    const postings = async (of: string) =>
      (
        await bank.database.pool.query(
          'select account_id, amount::numeric(19,2)::text as amount from bank.postings where transaction_id = $1 order by 1',
          [of],
        )
      ).rows;
    const negated = (await postings(id)).map(line => ({
      ...line,
      amount: line.amount.startsWith('-') ? line.amount.slice(1) : `-${line.amount}`,
    }));
    expect(await postings(reversal)).toEqual(negated);
  },
);

test('a transaction is reversed at most once', async () => {
  const { id } = await transferred('10');
  await reverse(id);
  await expect(reverse(id)).rejects.toMatchObject({ code: 'ALREADY_REVERSED' });
});

test('of two reversals of one transaction at once exactly one succeeds', async () => {
  const { from, to, id } = await transferred('10');
  await bank.ledger.postDeposit({
    account_id: to,
    amount: '100',
    description: undefined,
    caller: teller,
    key: undefined,
  });
  const outcomes = await Promise.allSettled([reverse(id), reverse(id), reverse(id), reverse(id)]);
  expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1);
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['10.00', '100.00']);
});

test('a reversal is refused when the money is no longer there, and may be tried again when it is', async () => {
  const { from, to, id } = await transferred('10');
  await bank.ledger.postWithdrawal({
    account_id: to,
    amount: '0.01',
    description: undefined,
    caller: bob,
    key: undefined,
  });
  await expect(reverse(id)).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['0.00', '9.99']);
  await bank.ledger.postDeposit({
    account_id: to,
    amount: '0.01',
    description: undefined,
    caller: teller,
    key: undefined,
  });
  expect((await reverse(id)).transaction.status).toBe('COMPLETED');
});

test('a reversal can itself be reversed, once', async () => {
  const { from, to, id } = await transferred('10');
  const first = (await reverse(id)).transaction.id;
  await reverse(first);
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['0.00', '10.00']);
  await expect(reverse(first)).rejects.toMatchObject({ code: 'ALREADY_REVERSED' });
});

test('a failed transaction is not reversible, and an unknown one is not found', async () => {
  const [from, to] = [await bank.account(alice, '1'), await bank.account(bob)];
  const failed = await bank.ledger
    .postTransfer({
      from_account_id: from,
      to_account_id: to,
      amount: '2',
      description: undefined,
      caller: alice,
      key: undefined,
    })
    .catch(error => error);
  await expect(reverse(failed.details.transaction.id)).rejects.toMatchObject({ code: 'NOT_REVERSIBLE' });
  await expect(reverse(randomUUID())).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' });
});

test('a reversal out of a frozen account is refused', async () => {
  const { to, id } = await transferred('10');
  await bank.database.pool.query(`update bank.accounts set status = 'FROZEN' where id = $1`, [to]);
  await expect(reverse(id)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_ACTIVE' });
});

test('the ledger holds after all of this', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});

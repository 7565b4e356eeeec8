import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { deadlocksLogged } from '../support/postgres.ts';
import { ledgerDifferences, openTestBank, type TestBank } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
});
afterAll(async () => {
  await bank.close();
});

function transfer(from_account_id: string, to_account_id: string, amount: string) {
  return bank.ledger.postTransfer({
    from_account_id,
    to_account_id,
    amount,
    description: undefined,
    caller: alice,
    key: undefined,
  });
}

test('10 transfers each way between two accounts at once conserve the total, without a deadlock', async () => {
  const [one, two] = [await bank.account(alice, '1000'), await bank.account(alice, '1000')];
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 ? transfer(one, two, '7.00') : transfer(two, one, '3.00'))),
  );
  expect([await bank.balance(one), await bank.balance(two)]).toEqual(['960.00', '1040.00']);
});

test('100 transfers of 1.00 at once all arrive', async () => {
  const [from, to] = [await bank.account(alice, '100'), await bank.account(alice)];
  await Promise.all(Array.from({ length: 100 }, () => transfer(from, to, '1.00')));
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['0.00', '100.00']);
});

test('of 50 withdrawals of the whole balance at once exactly one succeeds', async () => {
  const account_id = await bank.account(alice, '80');
  const withdrawal = { account_id, amount: '80', description: undefined, caller: alice, key: undefined };
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => bank.ledger.postWithdrawal(withdrawal)));
  const refusals = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
  expect(refusals).toEqual(Array.from({ length: 49 }, () => 'INSUFFICIENT_FUNDS'));
  expect(await bank.balance(account_id)).toBe('0.00');
});

test('1000 transfers in flight over 8 accounts: none hangs, the total is conserved at every read', async () => {
  const accounts = await Promise.all(Array.from({ length: 8 }, () => bank.account(alice, '500')));
  const totals = new Set<string>();
  let flying = true;
  const reader = (async () => {
    while (flying) {
      const { rows } = await bank.database.pool.query(
        'select sum(balance)::text as total from bank.accounts where id = any($1)',
        [accounts],
      );
      totals.add(rows[0].total);
    }
  })();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 1000 }, (_, index) => {
      const from = index % 8;
      return transfer(accounts[from] ?? '', accounts[(from + 1 + (index % 7)) % 8] ?? '', '1.25');
    }),
  );
  flying = false;
  await reader;
  expect(outcomes.filter(outcome => outcome.status === 'rejected')).toEqual([]);
  expect([...totals]).toEqual(['4000.0000']);
});

test('one hot account loses no update of 64 senders', async () => {
  const hot = await bank.account(alice);
  const senders = await Promise.all(Array.from({ length: 64 }, () => bank.account(alice, '2')));
  await Promise.all(senders.flatMap(sender => [transfer(sender, hot, '0.50'), transfer(sender, hot, '1.25')]));
  expect(await bank.balance(hot)).toBe('112.00');
});

test('a deposit does not wait for another that has not committed: cash is no row to contend on', async () => {
  const bob = await bank.customer();
  const [one, two] = [await bank.account(alice), await bank.account(bob)];
  const slow = await bank.database.pool.connect();
  try {
    await slow.query('begin');
    await slow.query(`select bank.post_deposit(bank.uuid_v7(), $1, 1, null, 'slow', $2)`, [
      one,
      JSON.stringify({ ...alice, own_accounts_only: true }),
    ]);
    const { transaction } = await bank.ledger.postDeposit({
      account_id: two,
      amount: '1',
      description: undefined,
      caller: bob,
      key: undefined,
    });
    expect(transaction.status).toBe('COMPLETED');
  } finally {
    await slow.query('commit');
    slow.release();
  }
  expect(await bank.balance(one)).toBe('1.00');
});

test('after all of this the ledger holds and PostgreSQL has logged no deadlock', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
  expect(await deadlocksLogged(bank.database)).toEqual([]);
});

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
afterAll(() => bank?.close());

const read = (id: string) => bank.accounts.readAccount(id, teller);

function place(account_id: string, amount: string, caller = alice) {
  const common = { expires_at: undefined, description: undefined, caller, key: undefined };
  return bank.holds.placeHold({ account_id, amount, ...common });
}

const release = (id: string, caller = alice) => bank.holds.releaseHold(id, caller);

function transfer(from_account_id: string, to_account_id: string, amount: string) {
  const common = { description: undefined, caller: alice, key: undefined };
  return bank.ledger.postTransfer({ from_account_id, to_account_id, amount, ...common });
}

test('held money is not there for a transfer, a withdrawal, a fee or another hold', async () => {
  const [account, other] = [await bank.account(alice, '100'), await bank.account(alice)];
  await place(account, '60');
  const short = { code: 'INSUFFICIENT_FUNDS', details: { fields: [{ field: 'amount' }] } };
  await expect(transfer(account, other, '40.01')).rejects.toMatchObject(short);
  await expect(
    bank.ledger.postWithdrawal({
      account_id: account,
      amount: '40.01',
      description: undefined,
      caller: alice,
      key: undefined,
    }),
  ).rejects.toMatchObject(short);
  await expect(place(account, '40.01')).rejects.toMatchObject(short);
  const fee = await bank.database.pool.query(
    `select bank.post_fee(bank.uuid_v7(), $1, 40.01, null, $2, bank.system_caller()) as answer`,
    [account, randomUUID()],
  );
  expect(fee.rows[0].answer).toMatchObject({ refusal: { code: 'INSUFFICIENT_FUNDS' } });
  await transfer(account, other, '40');
  expect(await read(account)).toMatchObject({ balance: '60.00', held: '60.00', available_balance: '0.00' });
});

test('held money is not there for a reversal: what was paid in and is held by now can’t be taken back', async () => {
  const [from, to] = [await bank.account(alice, '50'), await bank.account(bob)];
  const { transaction } = await transfer(from, to, '50');
  const { hold } = await place(to, '20', bob);
  const reverse = () =>
    bank.ledger.postReversal({
      transaction_id: transaction.id,
      description: undefined,
      caller: teller,
      key: undefined,
    });
  await expect(reverse()).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
  await release(hold.id, bob);
  expect((await reverse()).transaction.status).toBe('COMPLETED');
});

test('held money keeps an overdraft limit from being lowered under it, and the database keeps both', async () => {
  const account = await bank.account(alice, '10', { overdraft_limit: '40' });
  await place(account, '30');
  const lower = (overdraft_limit: string) =>
    bank.powers.updateAccount({
      account_id: account,
      overdraft_limit,
      interest_rate: undefined,
      version: null,
      caller: teller,
    });
  await expect(lower('19.99')).rejects.toMatchObject({
    code: 'INSUFFICIENT_FUNDS',
    details: { fields: [{ field: 'overdraft_limit' }] },
  });
  expect(await lower('20')).toMatchObject({ available_balance: '0.00' });
  for (const change of ['overdraft_limit = 19.99', 'balance = 9.99', 'held = 30.01']) {
    await expect(
      bank.database.pool.query(`update bank.accounts set ${change} where id = $1`, [account]),
    ).rejects.toThrow('held_is_there');
  }
});

test('held money keeps its account from being closed, with and without a sweep', async () => {
  const [account, other] = [await bank.account(alice, '10'), await bank.account(alice)];
  const { hold } = await place(account, '10');
  const close = (sweep_to_account_id?: string) =>
    bank.powers.closeAccount({
      account_id: account,
      sweep_to_account_id,
      reason: 'asked at the counter',
      key: undefined,
      caller: teller,
    });
  await expect(close()).rejects.toMatchObject({ code: 'HOLDS_OPEN' });
  await expect(close(other)).rejects.toMatchObject({ code: 'HOLDS_OPEN' });
  await release(hold.id);
  expect((await close(other)).account.status).toBe('CLOSED');
});

test('the ledger holds after all of this', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});

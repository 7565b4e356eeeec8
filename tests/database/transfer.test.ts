import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

function transfer(
  from_account_id: string,
  to_account_id: string,
  amount: string,
  options: { caller?: ActingCaller; key?: string; description?: string } = {},
) {
  const { caller = alice, key, description } = options;
  return bank.ledger.postTransfer({ from_account_id, to_account_id, amount, description, caller, key });
}

test('a transfer moves the amount and answers the completed transaction', async () => {
  const [from, to] = [await bank.account(alice, '100.00'), await bank.account(bob, '5')];
  const { transaction, replayed } = await transfer(from, to, '30.25', { description: 'rent' });
  expect(transaction).toMatchObject({
    status: 'COMPLETED',
    amount: '30.25',
    currency: 'USD',
    description: 'rent',
    from_account_id: from,
    to_account_id: to,
  });
  expect(transaction.transaction_ref).toMatch(/^TXN\d{20}$/);
  expect(replayed).toBe(false);
  expect([await bank.balance(from), await bank.balance(to)]).toEqual(['69.75', '35.25']);
});

test('a transfer costs exactly one Data API call', async () => {
  const [from, to] = [await bank.account(alice, '10'), await bank.account(bob)];
  bank.dataApi.callsSinceLast();
  await transfer(from, to, '1');
  expect(bank.dataApi.callsSinceLast()).toBe(1);
});

test('a transfer writes two postings with the balances after it, and one event without its description', async () => {
  const [from, to] = [await bank.account(alice, '10'), await bank.account(bob, '1')];
  const { transaction } = await transfer(from, to, '4');
  const { rows } = await bank.database.pool.query(
    'select account_id, amount::text, balance_after::text, account_version::integer from bank.postings where transaction_id = $1 order by amount',
    [transaction.id],
  );
  expect(rows).toEqual([
    { account_id: from, amount: '-4.0000', balance_after: '6.0000', account_version: 3 },
    { account_id: to, amount: '4.0000', balance_after: '5.0000', account_version: 3 },
  ]);
  const events = await bank.database.pool.query('select type, actor, data from bank.events where aggregate_id = $1', [
    transaction.id,
  ]);
  expect(events.rows).toMatchObject([
    {
      type: 'TransactionPosted',
      actor: { id: alice.id },
      data: { id: transaction.id, amount: '4.00', from_balance: '6.00', to_balance: '5.00' },
    },
  ]);
  expect(events.rows[0].data).not.toHaveProperty('description');
});

describe('a refused transfer moves nothing and is recorded', () => {
  const refused: [string, string, (from: string) => Promise<{ to: string; amount: string }>][] = [
    [
      'the account does not hold enough',
      'INSUFFICIENT_FUNDS',
      async () => ({ to: await bank.account(bob), amount: '10.01' }),
    ],
    ['the other account does not exist', 'ACCOUNT_NOT_FOUND', async () => ({ to: randomUUID(), amount: '1' })],
    [
      'the other account is in another currency',
      'CURRENCY_MISMATCH',
      async () => ({ to: await bank.account(bob, '0', { currency: 'EUR' }), amount: '1' }),
    ],
    [
      'the other account is frozen',
      'ACCOUNT_NOT_ACTIVE',
      async () => {
        const to = await bank.account(bob);
        await bank.database.pool.query(`update bank.accounts set status = 'FROZEN' where id = $1`, [to]);
        return { to, amount: '1' };
      },
    ],
    [
      'the account is closed',
      'ACCOUNT_NOT_ACTIVE',
      async from => {
        await bank.database.pool.query(`update bank.accounts set status = 'CLOSED' where id = $1`, [from]);
        return { to: await bank.account(bob), amount: '1' };
      },
    ],
  ];
  test.each(refused)('when %s: %s', async (_when, code, arrange) => {
    const from = await bank.account(alice, '10');
    const { to, amount } = await arrange(from);
    const error = await transfer(from, to, amount).catch(thrown => thrown);
    expect(error).toMatchObject({ code, details: { transaction: { ref: expect.stringMatching(/^TXN/) } } });
    expect(await bank.balance(from)).toBe('10.00');
    const { id } = error.details.transaction;
    expect(await bank.transactions.readTransaction(id, alice)).toMatchObject({
      status: 'FAILED',
      failure_code: code,
      completed_at: null,
    });
    const { rows } = await bank.database.pool.query('select type, data from bank.events where aggregate_id = $1', [id]);
    expect(rows).toMatchObject([{ type: 'TransactionRefused', data: { code, amount } }]);
  });
});

test("somebody else's account can't be drawn on, and its history does not show the attempt", async () => {
  const [from, to] = [await bank.account(bob, '10'), await bank.account(alice)];
  await expect(transfer(from, to, '1')).rejects.toMatchObject({
    code: 'NOT_YOUR_ACCOUNT',
    details: { fields: [{ field: 'from_account_id' }] },
  });
  expect(await bank.balance(from)).toBe('10.00');
  const history = await bank.transactions.listTransactions({
    account_id: from,
    limit: 10,
    cursor: undefined,
    caller: bob,
  });
  expect(history.transactions.map(entry => entry.transaction_type)).toEqual(['DEPOSIT']);
  const { rows } = await bank.database.pool.query(
    `select data from bank.events where type = 'TransactionRefused' and data ->> 'from_account_id' = $1`,
    [from],
  );
  expect(rows).toMatchObject([{ data: { code: 'NOT_YOUR_ACCOUNT' } }]);
});

test('an account that does not exist is refused as such to anybody', async () => {
  await expect(transfer(randomUUID(), await bank.account(alice), '1')).rejects.toMatchObject({
    code: 'ACCOUNT_NOT_FOUND',
  });
});

test('a member of staff may move money of any customer', async () => {
  const [from, to] = [await bank.account(alice, '10'), await bank.account(bob)];
  await transfer(from, to, '2', { caller: teller });
  expect(await bank.balance(to)).toBe('2.00');
});

test('an account may be drawn down to its overdraft limit and not a cent further', async () => {
  const [from, to] = [await bank.account(alice, '10', { overdraft_limit: '50' }), await bank.account(bob)];
  await transfer(from, to, '60');
  expect(await bank.balance(from)).toBe('-50.00');
  expect((await bank.accounts.readAccount(from, alice)).available_balance).toBe('0.00');
  await expect(transfer(from, to, '0.01')).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
});

test('the overdraft limit is kept by the table itself', async () => {
  const account = await bank.account(alice, '10');
  await expect(
    bank.database.pool.query('update bank.accounts set balance = -0.01 where id = $1', [account]),
  ).rejects.toMatchObject({
    constraint: 'balance_within_overdraft_limit',
  });
});

test('an amount finer than its currency is bad input: nothing is written and the key is not spent', async () => {
  const [from, to] = [
    await bank.account(alice, '100', { currency: 'JPY' }),
    await bank.account(bob, '0', { currency: 'JPY' }),
  ];
  const key = randomUUID();
  const before = [await bank.count('transactions'), await bank.count('events'), await bank.count('idempotency_keys')];
  await expect(transfer(from, to, '1.5', { key })).rejects.toMatchObject({
    code: 'AMOUNT_NOT_REPRESENTABLE',
    details: { fields: [{ field: 'amount' }] },
  });
  expect([await bank.count('transactions'), await bank.count('events'), await bank.count('idempotency_keys')]).toEqual(
    before,
  );
  const { transaction } = await transfer(from, to, '2.0', { key });
  expect(transaction.amount).toBe('2');
});

test('a balance never grows beyond what the table can keep', async () => {
  const account = await bank.account(alice, '999999999999999');
  const deposit = { account_id: account, amount: '1', description: undefined, caller: teller, key: undefined };
  await expect(bank.ledger.postDeposit(deposit)).rejects.toMatchObject({ code: 'BALANCE_OUT_OF_RANGE' });
});

test('a failed payment shows in the history of its sender and not of its receiver', async () => {
  const [from, to] = [await bank.account(alice, '1'), await bank.account(bob)];
  const error = await transfer(from, to, '2').catch(thrown => thrown);
  const list = (account_id: string, caller: ActingCaller) =>
    bank.transactions.listTransactions({ account_id, limit: 10, cursor: undefined, caller });
  expect((await list(from, alice)).transactions).toMatchObject([{ status: 'FAILED' }, { transaction_type: 'DEPOSIT' }]);
  expect((await list(to, bob)).transactions).toEqual([]);
  await expect(bank.transactions.readTransaction(error.details.transaction.id, bob)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('the ledger holds after all of this', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});

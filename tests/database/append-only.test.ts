import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let transaction: string;
let account: string;
beforeAll(async () => {
  bank = await openTestBank();
  account = await bank.account(await bank.customer());
  const deposit = { account_id: account, amount: '10', description: undefined, caller: teller, key: undefined };
  transaction = (await bank.ledger.postDeposit(deposit)).transaction.id;
});
afterAll(() => bank.close());

test.each([
  'update bank.postings set amount = amount * 2',
  'delete from bank.postings',
  'truncate bank.postings',
  "update bank.transactions set description = 'other'",
  'delete from bank.transactions',
  'truncate bank.transactions',
  'delete from bank.accounts',
  'truncate bank.accounts cascade',
])('even a superuser is refused: %s', async statement => {
  await expect(bank.database.pool.query(statement)).rejects.toMatchObject({ code: '23001' });
});

test('postings that do not sum to zero are refused by the table, whoever writes them', async () => {
  const insert =
    'insert into bank.postings (transaction_id, account_id, amount, currency, created_at) values ($1, $2, $3, $4, now())';
  await expect(bank.database.pool.query(insert, [randomUUID(), account, '5', 'USD'])).rejects.toMatchObject({
    code: '23514',
  });
  const twoCurrencies = `insert into bank.postings (transaction_id, account_id, amount, currency, created_at)
    values ($1, $2, 5, 'USD', now()), ($1, $3, -5, 'EUR', now())`;
  await expect(bank.database.pool.query(twoCurrencies, [randomUUID(), account, randomUUID()])).rejects.toMatchObject({
    code: '23514',
  });
});

test('a second reversal is refused by the table too', async () => {
  const insert = `insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, amount, currency, status,
      reverses_transaction_id, initiated_by, metadata, created_at, completed_at)
    values (gen_random_uuid(), $1, 'REVERSAL', $2, 10, 'USD', 'COMPLETED', $3, $2, '{}', now(), now())`;
  await bank.database.pool.query(insert, ['one', account, transaction]);
  await expect(bank.database.pool.query(insert, ['two', account, transaction])).rejects.toMatchObject({
    constraint: 'transactions_reversed_once',
  });
});

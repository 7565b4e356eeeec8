import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DemoAccount } from '../../../local/demo/fill.ts';
import { writeDemoHistory } from '../../../local/demo/history.ts';
import { useFraudRules } from '../../support/fraud-rules.ts';
import { ledgerDifferences, openTestBank, type TestBank } from '../../support/test-bank.ts';

let bank: TestBank;
const accounts: DemoAccount[] = [];
beforeAll(async () => {
  bank = await openTestBank();
  await useFraudRules(bank.database.pool, 'VELOCITY', 'AMOUNT_ANOMALY', 'NIGHT_TIME', 'LOCATION');
  for (const owner of ['alice', 'bob']) {
    const customer = await bank.customer();
    for (const account_type of ['CHECKING', 'SAVINGS'] as const) {
      accounts.push({ id: await bank.account(customer), account_type, owner });
    }
  }
  await writeDemoHistory(bank.database.url, accounts);
});
afterAll(() => bank.close());

const rows = (table: string) => bank.count(table);

test('the past adds up: every balance is its postings, and what the customers begin with they still have', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
  expect(await Promise.all(accounts.map(account => bank.balance(account.id)))).toEqual([
    '2500.00',
    '10000.00',
    '2500.00',
    '10000.00',
  ]);
  expect(await rows('transactions')).toBe(22);
});

test('each balance on the way follows from the one before it, in the order of the versions', async () => {
  const { rows: broken } = await bank.database.pool.query(`
    select from (
      select balance_after - amount - coalesce(lag(balance_after) over account, 0) as gap,
             account_version - coalesce(lag(account_version) over account, 1) as step,
             created_at <= lag(created_at) over account as back
        from bank.postings where account_version is not null
      window account as (partition by account_id order by account_version)
    ) line
    where gap <> 0 or step <> 1 or back`);
  expect(broken).toEqual([]);
});

test('each payment has an event, for the audit to come', async () => {
  expect(await rows("events where type = 'TransactionPosted'")).toBe(22);
});

test('a first payment from any account is nothing unusual at any hour, three weeks later neither', async () => {
  const { rows: verdicts } = await bank.database.pool.query(
    `select distinct bank.score_transfer(account.id, 1.25, account.customer_id, '127.0.0.1', at) as verdict
       from bank.accounts account, generate_series(clock_timestamp(), clock_timestamp() + interval '21 days', interval '47 minutes') at`,
  );
  expect(verdicts).toEqual([{ verdict: { score: 0, outcome: 'APPROVE', rules: [] } }]);
});

test('written again, it changes nothing', async () => {
  await writeDemoHistory(bank.database.url, accounts);
  expect(await rows('transactions')).toBe(22);
});

test('accounts on which something has happened keep their own past', async () => {
  const customer = await bank.customer();
  const other: DemoAccount[] = [
    { id: await bank.account(customer, '5.00'), account_type: 'CHECKING', owner: 'carol' },
    { id: await bank.account(customer), account_type: 'SAVINGS', owner: 'carol' },
    ...accounts.filter(account => account.owner === 'bob'),
  ];
  await writeDemoHistory(bank.database.url, other);
  expect([await bank.balance(other[0]?.id ?? ''), await bank.balance(other[1]?.id ?? '')]).toEqual(['5.00', '0.00']);
});

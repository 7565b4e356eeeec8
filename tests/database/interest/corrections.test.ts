import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { type BankJobs, jobsOf } from '../../support/interest/bank-jobs.ts';
import { addDays, type Day } from '../../support/interest/days.ts';
import { accrualsOf } from '../../support/interest/rows.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../../support/test-bank.ts';

let bank: TestBank;
let jobs: BankJobs;
let alice: ActingCaller;
let account: string;
/** The day on which everything begins. */
let first: Day;
beforeEach(async () => {
  bank = await openTestBank();
  jobs = jobsOf(bank);
  alice = await bank.customer();
  first = await jobs.openDay();
  account = await savings('0.365');
});
afterEach(() => bank?.close());

async function savings(rate: string): Promise<string> {
  const terms = { account_type: 'SAVINGS', currency: 'USD', interest_rate: rate, overdraft_limit: '0' };
  const more = { accountLimit: null, verifiedOnly: false, caller: teller, key: undefined };
  return (await bank.accounts.openAccount({ customer_id: alice.id, ...terms, ...more })).account.id;
}

const terms = { description: undefined, key: undefined, caller: teller };
const deposit = async (amount: string, into = account) =>
  (await bank.ledger.postDeposit({ ...terms, account_id: into, amount })).transaction.id;
const reverse = (transaction_id: string, value_date?: Day) =>
  bank.ledger.postReversal({ ...terms, transaction_id, value_date });
const setRate = (interest_rate: string, interest_rate_from?: Day) =>
  bank.powers.updateAccount({
    account_id: account,
    overdraft_limit: undefined,
    interest_rate,
    interest_rate_from,
    version: null,
    caller: teller,
  });
/** What each run wrote: for which day after the first, in which run, how much. */
const written = async (id = account) =>
  (await accrualsOf(bank, id)).map(({ run_date, day, amount }) => [
    daysAfter(run_date),
    daysAfter(day),
    Number(amount),
  ]);
const daysAfter = (day: Day) => Math.round((Date.parse(day) - Date.parse(first)) / 86_400_000);
const passDays = (count: number) => jobs.fire('accrue-interest', addDays(first, count - 1));

describe('a reversal as of the day of its transaction', () => {
  test('takes back, in the next run, what the money earned that never was there: a row for each day, none changed', async () => {
    await deposit('1000');
    const mistake = await deposit('500');
    await passDays(2);
    await reverse(mistake, first);
    expect(await bank.balance(account)).toBe('1000.00');
    await passDays(3);
    expect(await written()).toEqual([
      [0, 0, 1.5],
      [1, 1, 1.5],
      [2, 0, -0.5],
      [2, 1, -0.5],
      [2, 2, 1],
    ]);
    await passDays(4);
    expect((await written()).slice(5)).toEqual([[3, 3, 1]]);
    expect(await ledgerDifferences(bank.database)).toEqual([]);
  });

  test('adjusts both accounts of a transfer', async () => {
    const other = await savings('0.365');
    await deposit('1000');
    const transfer = { ...terms, from_account_id: account, to_account_id: other, amount: '400' };
    const { transaction } = await bank.ledger.postTransfer(transfer);
    await passDays(1);
    await reverse(transaction.id, first);
    await passDays(2);
    expect(await written()).toEqual([
      [0, 0, 0.6],
      [1, 0, 0.4],
      [1, 1, 1],
    ]);
    expect(await written(other)).toEqual([
      [0, 0, 0.4],
      [1, 0, -0.4],
      [1, 1, 0],
    ]);
  });

  test('needs no adjustment where its days have not accrued: the late run is exact', async () => {
    await deposit('1000');
    const mistake = await deposit('500');
    await jobs.closeBooks(addDays(first, 1));
    await reverse(mistake, first);
    await passDays(3);
    expect(await written()).toEqual([
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 1],
    ]);
  });

  test('without a day counts for the day that is open', async () => {
    await deposit('1000');
    const mistake = await deposit('500');
    await passDays(2);
    await reverse(mistake);
    await passDays(3);
    expect(await written()).toEqual([
      [0, 0, 1.5],
      [1, 1, 1.5],
      [2, 2, 1],
    ]);
  });

  test.each([
    ['before its transaction', -1],
    ['in days to come', 1],
  ])('cannot count for a day %s: nothing is written, and the key is not spent', async (_what, days) => {
    const mistake = await deposit('500');
    const key = randomUUID();
    const send = (value_date: Day) => bank.ledger.postReversal({ ...terms, key, transaction_id: mistake, value_date });
    const before = await bank.count('transactions');
    await expect(send(addDays(first, days))).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { fields: [{ field: 'value_date' }] },
    });
    expect(await bank.count('transactions')).toBe(before);
    expect((await send(first)).replayed).toBe(false);
  });

  test('under a key that was used without that day is another request', async () => {
    const [one, key] = [await deposit('500'), randomUUID()];
    await bank.ledger.postReversal({ ...terms, key, transaction_id: one });
    await expect(
      bank.ledger.postReversal({ ...terms, key, transaction_id: one, value_date: first }),
    ).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });
});

describe('a rate as of an earlier day', () => {
  test('adjusts the days since, up to the next rate that was set', async () => {
    await deposit('1000');
    await passDays(2);
    await setRate('0.73');
    await passDays(3);
    expect(await setRate('0.1825', addDays(first, 1))).toMatchObject({ interest_rate: '0.730000' });
    await passDays(4);
    expect(await written()).toEqual([
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 2],
      [3, 1, -0.5],
      [3, 3, 2],
    ]);
  });

  test('that is the latest holds from now on, too', async () => {
    await deposit('1000');
    await passDays(2);
    expect(await setRate('0.73', first)).toMatchObject({ interest_rate: '0.730000' });
    await passDays(3);
    expect((await written()).slice(2)).toEqual([
      [2, 0, 1],
      [2, 1, 1],
      [2, 2, 2],
    ]);
    const { rows } = await bank.database.pool.query(
      `select data ->> 'reason' as reason from bank.events where type = 'AccountUpdated' and aggregate_id = $1`,
      [account],
    );
    expect(rows).toEqual([{ reason: `Interest of 0.73 from ${first}` }]);
  });

  test.each([
    ['before the account was opened', -1],
    ['in days to come', 1],
  ])('cannot be set from a day %s', async (_what, days) => {
    await expect(setRate('0.1', addDays(first, days))).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { fields: [{ field: 'interest_rate_from' }] },
    });
  });
});

test('several corrections of one account are looked at together, once', async () => {
  await deposit('1000');
  const [one, two] = [await deposit('100'), await deposit('200')];
  await passDays(1);
  await reverse(one, first);
  await reverse(two, first);
  await setRate('0.73', first);
  await passDays(2);
  expect(await written()).toEqual([
    [0, 0, 1.3],
    [1, 0, 0.7],
    [1, 1, 2],
  ]);
  const { rows } = await bank.database.pool.query(
    'select count(*)::integer from bank.interest_revisions where worked_on is null',
  );
  expect(rows[0].count).toBe(0);
});

test('a correction of a month that was posted is in the next posting', async () => {
  await deposit('1000');
  const mistake = await deposit('365');
  const lastDay = (
    await bank.database.pool.query(
      `select ((date_trunc('month', $1::date) + interval '1 month')::date - 1)::text as day`,
      [first],
    )
  ).rows[0].day;
  await jobs.fire('charge-fees', lastDay);
  await reverse(mistake, first);
  await jobs.fire('charge-fees', addDays(lastDay, 1));
  const { rows } = await bank.database.pool.query(
    `select count(*)::integer, sum(amount)::numeric(9,3)::text as sum from bank.interest_accruals where day < run_date and run_date = $1`,
    [addDays(lastDay, 1)],
  );
  const days = daysAfter(lastDay) + 1;
  expect(rows).toEqual([{ count: days, sum: (-0.365 * days).toFixed(3) }]);
});

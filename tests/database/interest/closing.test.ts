import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { createInterest } from '../../../lambdas/adapters/interest.ts';
import { type BankJobs, jobsOf } from '../../support/interest/bank-jobs.ts';
import { addDays } from '../../support/interest/days.ts';
import { fillBank } from '../../support/interest/fill-bank.ts';
import { pastAccount } from '../../support/interest/past-account.ts';
import { accrualsOf, capitalisationsOf } from '../../support/interest/rows.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../../support/test-bank.ts';

let bank: TestBank;
let jobs: BankJobs;
let alice: ActingCaller;
beforeEach(async () => {
  bank = await openTestBank();
  jobs = jobsOf(bank);
  alice = await bank.customer();
});
afterEach(() => bank?.close());

const close = (account_id: string, sweep_to_account_id?: string) =>
  bank.powers.closeAccount({ account_id, sweep_to_account_id, reason: 'asked for', key: undefined, caller: teller });

/** An account that was opened so many days ago and has held an amount since. */
const holding = async (daysAgo: number, amount: string, rate = '0.365') => {
  const openedOn = addDays(await jobs.openDay(), -daysAgo);
  return pastAccount(bank, alice.id, { openedOn, rate, entries: [{ day: openedOn, amount }] });
};

test('closing an account posts its interest through yesterday and sweeps it with the rest', async () => {
  const [id, target] = [await holding(3, '1000'), await bank.account(alice)];
  expect((await close(id, target)).account).toMatchObject({ status: 'CLOSED', balance: '0.00' });
  expect((await accrualsOf(bank, id)).map(({ amount }) => Number(amount))).toEqual(expect.arrayContaining([1, 1]));
  expect(await accrualsOf(bank, id)).toHaveLength(3);
  const posted = (await capitalisationsOf(bank, id)).reduce((sum, row) => sum + Number(row.posted), 1000);
  expect(await bank.balance(target)).toBe(posted.toFixed(2));
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});

test('the runs that come later find it done and leave it', async () => {
  const [id, target] = [await holding(3, '1000'), await bank.account(alice)];
  await close(id, target);
  const before = [await accrualsOf(bank, id), await capitalisationsOf(bank, id)];
  await jobs.fire('charge-fees');
  expect([await accrualsOf(bank, id), await capitalisationsOf(bank, id)]).toEqual(before);
});

test('months that have not been worked on are, as their runs would have', async () => {
  const openedOn = addDays(await jobs.openDay(), -130);
  const [late = ''] = await fillBank(bank, alice, 2, openedOn);
  const target = await bank.account(alice);
  await close(late, target);
  const own = await openTestBank();
  try {
    const there = await own.customer();
    const [same = ''] = await fillBank(own, there, 2, openedOn);
    await jobsOf(own).fire('charge-fees');
    const days = (await accrualsOf(own, same)).length;
    expect(days).toBe(130);
    expect(await accrualsOf(bank, late)).toEqual(await accrualsOf(own, same));
    const whole = await capitalisationsOf(own, same);
    expect(whole.length).toBeGreaterThanOrEqual(4);
    expect((await capitalisationsOf(bank, late)).slice(0, whole.length)).toEqual(whole);
  } finally {
    await own.close();
  }
});

test('an account that holds nothing but interest to come needs somewhere to sweep it', async () => {
  const id = await holding(2, '1000');
  const target = await bank.account(alice);
  await bank.ledger.postTransfer({
    from_account_id: id,
    to_account_id: target,
    amount: '1000',
    description: undefined,
    key: undefined,
    caller: teller,
  });
  await expect(close(id)).rejects.toMatchObject({ code: 'BALANCE_NOT_ZERO' });
  expect((await bank.accounts.readAccount(id, teller)).status).toBe('ACTIVE');
  await close(id, target);
  expect(Number(await bank.balance(target))).toBeCloseTo(1002, 1);
});

test('a credit account whose interest has not been charged yet stays open', async () => {
  const openedOn = addDays(await jobs.openDay(), -2);
  const entries = [
    { day: openedOn, amount: '-1000' },
    { day: addDays(openedOn, 2), amount: '1000' },
  ];
  const id = await pastAccount(bank, alice.id, { type: 'CREDIT', overdraft: '2000', openedOn, rate: '0.36', entries });
  await expect(close(id)).rejects.toMatchObject({ code: 'BALANCE_NOT_ZERO' });
  expect(await bank.balance(id)).toBe('0.00');
});

test('less than half a cent is given up', async () => {
  const id = await holding(1, '1', '0.365');
  const target = await bank.account(alice);
  await close(id, target);
  expect(await bank.balance(target)).toBe('1.00');
  const interest = createInterest(bank.dataApi.database('bank_accounts'));
  expect(await interest.readInterest(id, teller)).toMatchObject({
    accrued: '0.0000000000',
    next_capitalisation_date: null,
  });
});

test('interest that was posted because of a closing that then failed is not posted again at the month’s end', async () => {
  const start = await jobs.openDay();
  const monthEnd = String(
    (
      await bank.database.pool.query(
        `select ((date_trunc('month', $1::date) + interval '2 months')::date - 1)::text as day`,
        [start],
      )
    ).rows[0].day,
  );
  const opening = `${monthEnd.slice(0, 8)}01`;
  await jobs.closeBooks(addDays(opening, -1));
  const { account } = await bank.accounts.openAccount({
    customer_id: alice.id,
    account_type: 'SAVINGS',
    currency: 'USD',
    interest_rate: '0.365',
    overdraft_limit: '0',
    accountLimit: null,
    verifiedOnly: false,
    caller: teller,
    key: undefined,
  });
  await bank.ledger.postDeposit({
    account_id: account.id,
    amount: '1000',
    description: undefined,
    key: undefined,
    caller: teller,
  });
  await jobs.fire('accrue-interest', addDays(opening, 9));
  const elsewhere = await bank.account(alice, '0', { currency: 'EUR' });
  await expect(close(account.id, elsewhere)).rejects.toMatchObject({ code: 'CURRENCY_MISMATCH' });
  expect(await bank.balance(account.id)).toBe('1010.00');
  await jobs.fire('charge-fees', monthEnd);
  const days = Number(monthEnd.slice(8));
  const rest = (days - 10) * 1.01;
  expect(await bank.balance(account.id)).toBe((1010 + rest).toFixed(2));
});

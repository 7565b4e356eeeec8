import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { createFeeWaivers, type FeeWaivers } from '../../../lambdas/adapters/fee-waivers.ts';
import { createFees, type Fees } from '../../../lambdas/adapters/fees.ts';
import { type BankJobs, jobsOf } from '../../support/interest/bank-jobs.ts';
import { addDays, type Day } from '../../support/interest/days.ts';
import { pastAccount } from '../../support/interest/past-account.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../../support/test-bank.ts';

let bank: TestBank;
let jobs: BankJobs;
let alice: ActingCaller;
let fees: Fees;
let waiving: FeeWaivers;
beforeEach(async () => {
  bank = await openTestBank();
  jobs = jobsOf(bank);
  alice = await bank.customer();
  fees = createFees(bank.dataApi.database('bank_accounts'));
  waiving = createFeeWaivers(bank.dataApi.database('bank_payments'));
});
afterEach(() => bank?.close());

const terms = { description: undefined, key: undefined, caller: teller };
const withdraw = (account_id: string, amount: string) => bank.ledger.postWithdrawal({ ...terms, account_id, amount });
const deposit = (account_id: string, amount: string) => bank.ledger.postDeposit({ ...terms, account_id, amount });
const waive = (fee_id: string, key?: string, caller = teller) =>
  waiving.waiveFee({ fee_id, reason: 'a courtesy', key, caller });
const feesOf = async (account_id: string) =>
  (await fees.listFees({ account_id, limit: 50, cursor: undefined, caller: teller })).fees;

/** Switches on a rule of checking accounts in dollars. */
async function charge(fee_type: string, amount: string, minimum_balance: string | null = null): Promise<void> {
  const rule = (await fees.listRules(teller)).find(
    known => known.fee_type === fee_type && known.account_type === 'CHECKING',
  );
  const change = { rule_id: rule?.id ?? '', amount, minimum_balance, enabled: true, reason: 'a test', caller: teller };
  expect(await fees.setRule(change)).toMatchObject({ fee_type, amount, enabled: true });
}

describe('a fee for going below zero', () => {
  test('is charged for the day, once however often the account went there, and counts from the next day on', async () => {
    await charge('OVERDRAFT', '25.00');
    const today = await jobs.openDay();
    const id = await bank.account(alice, '10', { overdraft_limit: '100' });
    for (const amount of ['20', '5', '3']) await withdraw(id, amount);
    await deposit(id, '50');
    await withdraw(id, '40');
    const done = await jobs.fire('charge-fees', today);
    expect(done.at(-1)).toMatchObject({ job: 'charge-fees', counts: { charged: 1, uncollected: 0 } });
    expect(await jobs.fire('charge-fees', today)).toEqual([]);
    expect(await bank.balance(id)).toBe('-33.00');
    expect(await feesOf(id)).toEqual([
      expect.objectContaining({
        fee_type: 'OVERDRAFT',
        day: today,
        amount: '25.00',
        status: 'CHARGED',
        currency: 'USD',
      }),
    ]);
    const { rows } = await bank.database.pool.query(
      `select entry.transaction_type, entry.description, line.value_date::text, internal.code
         from bank.fees fee join bank.transactions entry on entry.id = fee.transaction_id
         join bank.postings line on line.transaction_id = entry.id join bank.internal_accounts internal on internal.id = line.account_id`,
    );
    expect(rows).toEqual([
      {
        transaction_type: 'FEE',
        description: `Overdraft fee for ${today}`,
        value_date: addDays(today, 1),
        code: 'FEE_INCOME',
      },
    ]);
    expect(await ledgerDifferences(bank.database)).toEqual([]);
  });

  test('is charged again for another day, and not for a day on which the account only stayed there', async () => {
    await charge('OVERDRAFT', '1.00');
    const today = await jobs.openDay();
    const id = await bank.account(alice, '10', { overdraft_limit: '100' });
    await withdraw(id, '20');
    await jobs.fire('charge-fees', today);
    await withdraw(id, '1');
    await jobs.fire('charge-fees', addDays(today, 1));
    await deposit(id, '20');
    await withdraw(id, '20');
    await jobs.fire('charge-fees', addDays(today, 2));
    expect((await feesOf(id)).map(({ day }) => day)).toEqual([addDays(today, 2), today]);
  });

  test('is not charged for what the bank itself took: a fee is no cause of another', async () => {
    await charge('OVERDRAFT', '1.00');
    const today = await jobs.openDay();
    const id = await bank.account(alice, '10', { overdraft_limit: '100' });
    await bank.database.pool.query(
      `select bank.post_fee(gen_random_uuid(), $1, 20, 'a fee', 'one', bank.system_caller())`,
      [id],
    );
    await jobs.fire('charge-fees', today);
    expect(await feesOf(id)).toEqual([]);
  });

  test('never breaks the limit: without room for all of it nothing is taken, then or later, and that is written down', async () => {
    await charge('OVERDRAFT', '25.00');
    const today = await jobs.openDay();
    const id = await bank.account(alice, '0', { overdraft_limit: '30' });
    await withdraw(id, '10');
    const done = await jobs.fire('charge-fees', today);
    expect(done.at(-1)?.counts).toEqual({ charged: 0, uncollected: 1 });
    await deposit(id, '100');
    await jobs.fire('charge-fees', addDays(today, 1));
    expect(await bank.balance(id)).toBe('90.00');
    expect(await feesOf(id)).toEqual([expect.objectContaining({ status: 'UNCOLLECTED', transaction_id: null })]);
  });

  test('is not charged to a frozen account, another type or another currency, nor while the rule is off', async () => {
    const today = await jobs.openDay();
    const overdrawn = async (currency = 'USD') => {
      const id = await bank.account(alice, '0', { overdraft_limit: '100', currency });
      await withdraw(id, '10');
      return id;
    };
    await overdrawn();
    await jobs.fire('charge-fees', today);
    await charge('OVERDRAFT', '1.00');
    const frozen = await overdrawn();
    await overdrawn('EUR');
    await bank.powers.freezeAccount({ account_id: frozen, reason: 'a test', caller: teller });
    await jobs.fire('charge-fees', addDays(today, 1));
    expect(await bank.count('fees')).toBe(0);
  });
});

describe('a fee for a month', () => {
  const account = (entries: { day: Day; amount: string }[], openedOn: Day) =>
    pastAccount(bank, alice.id, { type: 'CHECKING', rate: '0', openedOn, entries });

  test('is charged to accounts that were below the least balance at the end of some day, the first month being free', async () => {
    await charge('MONTHLY_MAINTENANCE', '5.00', '500');
    const steady = [{ day: '2024-01-10', amount: '600' }];
    const [rich, dipped, poor, young] = [
      await account(steady, '2024-01-10'),
      await account(
        [...steady, { day: '2024-02-10', amount: '-200' }, { day: '2024-02-11', amount: '200' }],
        '2024-01-10',
      ),
      await account([{ day: '2024-01-10', amount: '499.99' }], '2024-01-10'),
      await account([{ day: '2024-02-02', amount: '10' }], '2024-02-02'),
    ];
    await jobs.fire('charge-fees', '2024-02-29');
    expect(await bank.count('fees')).toBe(2);
    expect(await Promise.all([rich, dipped, poor, young].map(id => bank.balance(id)))).toEqual([
      '600.00',
      '595.00',
      '494.99',
      '10.00',
    ]);
    await jobs.fire('charge-fees', '2024-03-31');
    expect((await feesOf(poor)).map(({ day, fee_type }) => `${day} ${fee_type}`)).toEqual([
      '2024-03-31 MONTHLY_MAINTENANCE',
      '2024-02-29 MONTHLY_MAINTENANCE',
    ]);
    expect(await feesOf(young)).toHaveLength(1);
    expect(await ledgerDifferences(bank.database)).toEqual([]);
  });

  test('is charged to everybody where no least balance spares them, beside a fee for the month’s last day', async () => {
    await charge('MONTHLY_MAINTENANCE', '5.00');
    await charge('OVERDRAFT', '2.00');
    const id = await pastAccount(bank, alice.id, {
      type: 'CHECKING',
      overdraft: '100',
      rate: '0',
      openedOn: '2024-01-10',
      entries: [
        { day: '2024-01-10', amount: '3' },
        { day: '2024-02-29', amount: '-4' },
      ],
    });
    await Promise.all([1, 2].map(() => jobs.fire('charge-fees', '2024-02-29')));
    expect(await bank.balance(id)).toBe('-8.00');
    expect(await feesOf(id)).toHaveLength(2);
  });
});

describe('staff', () => {
  async function charged(): Promise<{ id: string; fee: string }> {
    await charge('OVERDRAFT', '25.00');
    const id = await bank.account(alice, '0', { overdraft_limit: '100' });
    await withdraw(id, '10');
    await jobs.fire('charge-fees', await jobs.openDay());
    return { id, fee: (await feesOf(id))[0]?.id ?? '' };
  }

  test('give a fee back once, with a reason that is kept', async () => {
    const { id, fee } = await charged();
    const key = randomUUID();
    const { transaction } = await waive(fee, key);
    expect(transaction).toMatchObject({
      transaction_type: 'REVERSAL',
      amount: '25.00',
      description: 'Fee waived: a courtesy',
    });
    expect(await bank.balance(id)).toBe('-10.00');
    expect(await feesOf(id)).toEqual([expect.objectContaining({ status: 'WAIVED' })]);
    expect(await waive(fee, key)).toMatchObject({ transaction: { id: transaction.id }, replayed: true });
    await expect(waive(fee)).rejects.toMatchObject({ code: 'ALREADY_REVERSED' });
    const { rows } = await bank.database.pool.query(
      `select aggregate_id, data from bank.events where type = 'FeeWaived'`,
    );
    expect(rows).toEqual([
      {
        aggregate_id: fee,
        data: expect.objectContaining({ account_id: id, reversal_id: transaction.id, reason: 'a courtesy' }),
      },
    ]);
    expect(await ledgerDifferences(bank.database)).toEqual([]);
  });

  test('give back a fee that is waived by two at once one time', async () => {
    const { id, fee } = await charged();
    const outcomes = await Promise.allSettled([waive(fee), waive(fee), waive(fee)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await bank.balance(id)).toBe('-10.00');
  });

  test('cannot give back what is not there, or was never taken', async () => {
    await expect(waive(randomUUID())).rejects.toMatchObject({ code: 'FEE_NOT_FOUND' });
    await charge('OVERDRAFT', '25.00');
    const id = await bank.account(alice, '0', { overdraft_limit: '30' });
    await withdraw(id, '10');
    await jobs.fire('charge-fees', await jobs.openDay());
    await expect(waive((await feesOf(id))[0]?.id ?? '')).rejects.toMatchObject({ code: 'FEE_NOT_CHARGED' });
  });

  test('alone do so, and alone read and set what is charged; a customer reads its own fees', async () => {
    const { id, fee } = await charged();
    await expect(waive(fee, undefined, alice)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(fees.listRules(alice)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const list = (caller: ActingCaller) => fees.listFees({ account_id: id, limit: 1, cursor: undefined, caller });
    expect((await list(alice)).fees).toHaveLength(1);
    await expect(list(await bank.customer())).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
  });

  test('set no amount that its currency does not have, no least balance for an overdraft, and no rule that is not there', async () => {
    const rules = await fees.listRules(teller);
    const overdraft = rules.find(({ fee_type }) => fee_type === 'OVERDRAFT')?.id ?? '';
    const monthly = rules.find(({ fee_type }) => fee_type === 'MONTHLY_MAINTENANCE')?.id ?? '';
    const set = (rule_id: string, amount: string, minimum_balance: string | null) =>
      fees.setRule({ rule_id, amount, minimum_balance, enabled: false, reason: 'a test', caller: teller });
    await expect(set(overdraft, '1.001', null)).rejects.toMatchObject({ code: 'AMOUNT_NOT_REPRESENTABLE' });
    await expect(set(monthly, '1', '0.001')).rejects.toMatchObject({ code: 'AMOUNT_NOT_REPRESENTABLE' });
    await expect(set(overdraft, '1', '5')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(set(randomUUID(), '1', null)).rejects.toMatchObject({ code: 'FEE_RULE_NOT_FOUND' });
    expect((await set(monthly, '7', '5')).version).toBe(2);
    expect(await fees.listRules(teller)).toHaveLength(rules.length);
  });
});

test('fees are listed newest first, page by page', async () => {
  await charge('OVERDRAFT', '1.00');
  const id = await bank.account(alice, '0', { overdraft_limit: '100' });
  const today = await jobs.openDay();
  for (const days of [0, 1, 2]) {
    await withdraw(id, '1');
    await jobs.fire('charge-fees', addDays(today, days));
    await deposit(id, '50');
    await withdraw(id, '49');
  }
  const page = (cursor?: string) => fees.listFees({ account_id: id, limit: 2, cursor, caller: teller });
  const first = await page();
  const second = await page(first.next_cursor ?? undefined);
  const days = [...first.fees, ...second.fees].map(({ day }) => day);
  expect(days).toEqual(days.toSorted().toReversed());
  expect([first.fees.length, second.next_cursor]).toEqual([2, null]);
  expect(new Set(days).size).toBe((await feesOf(id)).length);
});

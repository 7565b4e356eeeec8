import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { createInterest, type Interest } from '../../../lambdas/adapters/interest.ts';
import { jobsOf } from '../../support/interest/bank-jobs.ts';
import { type Past, pastAccount } from '../../support/interest/past-account.ts';
import { capitalisationsOf } from '../../support/interest/rows.ts';
import { lockWaits } from '../../support/lock-waits.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let interest: Interest;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
  interest = createInterest(bank.dataApi.database('bank_accounts'));
});
afterAll(() => bank?.close());

/** An account that has accrued so much in January 2024, and so much in later months. */
async function accrued(amounts: string[], past: Partial<Past> = {}): Promise<string> {
  const id = await pastAccount(bank, alice.id, { openedOn: '2024-01-01', ...past });
  for (const [month, amount] of amounts.entries()) {
    await bank.database.pool.query(`insert into bank.interest_accruals values ($2, $1, $2, 0, 0, 1, 365, $3)`, [
      id,
      `2024-0${month + 1}-10`,
      amount,
    ]);
  }
  return id;
}

const monthEnds = ['2024-01-31', '2024-02-29', '2024-03-31'];
const post = (id: string, month = 0) =>
  bank.database.pool.query('select bank.capitalise_interest($1, $2, $2) as counts', [monthEnds[month], id]);
const parts = async (id: string) => (await capitalisationsOf(bank, id)).map(({ posted, carried }) => [posted, carried]);

describe('what is posted of a month', () => {
  test.each([
    ['0.0050000000', '0.0000', '0.0050000000'],
    ['0.0050000001', '0.0100', '-0.0049999999'],
    ['0.0150000000', '0.0200', '-0.0050000000'],
    ['0.0250000000', '0.0200', '0.0050000000'],
    ['12.3449999999', '12.3400', '0.0049999999'],
  ])('is rounded, halves to the even cent, and the rest is carried: %s', async (amount, posted, carried) => {
    const id = await accrued([amount]);
    await post(id);
    expect(await parts(id)).toEqual([[posted, carried]]);
  });

  test.each([
    ['-0.0150000000', '-0.0200', '0.0050000000'],
    ['-0.0250000000', '-0.0200', '-0.0050000000'],
    ['-0.0049999999', '0.0000', '-0.0049999999'],
  ])('is rounded alike where it is owed: %s', async (amount, posted, carried) => {
    const id = await accrued([amount], { type: 'CREDIT', overdraft: '10' });
    await post(id);
    expect(await parts(id)).toEqual([[posted, carried]]);
  });

  test.each([
    ['JPY', '0.5000000000', '0.0000'],
    ['JPY', '1.5000000000', '2.0000'],
    ['BHD', '0.0005000000', '0.0000'],
    ['BHD', '0.0015000000', '0.0020'],
  ])('is in whole units of its currency: %s %s', async (currency, amount, posted) => {
    const id = await accrued([amount], { currency });
    await post(id);
    expect((await parts(id))[0]?.[0]).toBe(posted);
  });

  test('has what earlier months carried in it, so that in the long run nothing is lost', async () => {
    const id = await accrued(['0.0040000000', '0.0040000000', '0.0040000000']);
    for (const month of [0, 1, 2]) await post(id, month);
    expect(await parts(id)).toEqual([
      ['0.0000', '0.0040000000'],
      ['0.0100', '-0.0020000000'],
      ['0.0000', '0.0020000000'],
    ]);
  });

  test('leaves no row where nothing accrued', async () => {
    const id = await accrued([]);
    await post(id);
    expect(await parts(id)).toEqual([]);
  });

  test('is posted once, however often', async () => {
    const id = await accrued(['7.5000000000']);
    expect((await post(id)).rows[0].counts).toEqual({ capitalised: 1, posted: 1 });
    expect((await post(id)).rows[0].counts).toEqual({ capitalised: 0, posted: 0 });
    expect(await bank.balance(id)).toBe('7.50');
  });

  test('is posted by one of two at once', async () => {
    const id = await accrued(['7.5000000000']);
    const first = await bank.database.pool.connect();
    try {
      await first.query('begin');
      await first.query('select bank.capitalise_interest($1, $2, $2)', [monthEnds[0], id]);
      const second = post(id);
      await lockWaits(bank.database.pool);
      await first.query('commit');
      expect((await second).rows[0].counts).toEqual({ capitalised: 0, posted: 0 });
      expect(await bank.balance(id)).toBe('7.50');
    } finally {
      await first.query('rollback');
      first.release();
    }
  });
});

describe('interest that is posted', () => {
  test('is a transaction of its own against interest expense, for the first day of the next month, with its event', async () => {
    const id = await accrued(['12.3400000000'], { entries: [{ day: '2024-01-01', amount: '100' }] });
    await post(id);
    const { transactions } = await bank.transactions.listTransactions({
      account_id: id,
      limit: 1,
      cursor: undefined,
      caller: teller,
    });
    expect(transactions).toEqual([
      expect.objectContaining({
        transaction_type: 'INTEREST',
        from_account_id: null,
        to_account_id: id,
        amount: '12.34',
        status: 'COMPLETED',
        description: 'Interest for January 2024',
      }),
    ]);
    const { rows } = await bank.database.pool.query(
      `select coalesce(internal.code, 'the account') as side, line.amount::numeric(9,2)::text as amount, line.value_date::text, line.balance_after::numeric(9,2)::text,
              line.account_version::integer
         from bank.postings line left join bank.internal_accounts internal on internal.id = line.account_id
        where line.transaction_id = $1 order by 1`,
      [transactions[0]?.id],
    );
    expect(rows).toEqual([
      {
        side: 'INTEREST_EXPENSE',
        amount: '-12.34',
        value_date: '2024-02-01',
        balance_after: null,
        account_version: null,
      },
      { side: 'the account', amount: '12.34', value_date: '2024-02-01', balance_after: '112.34', account_version: 3 },
    ]);
    const events = await bank.database.pool.query('select type, data from bank.events where aggregate_id = $1', [
      transactions[0]?.id,
    ]);
    const { description, ...told } = transactions[0] ?? {};
    expect(events.rows).toEqual([
      { type: 'TransactionPosted', data: { ...told, from_balance: null, to_balance: '112.34' } },
    ]);
  });

  test('is taken from a credit account to interest income', async () => {
    const id = await accrued(['-12.3400000000'], { type: 'CREDIT', overdraft: '50' });
    await post(id);
    expect(await bank.balance(id)).toBe('-12.34');
    const { rows } = await bank.database.pool.query(
      `select internal.code from bank.postings line join bank.internal_accounts internal on internal.id = line.account_id
        where line.transaction_id = (select transaction_id from bank.interest_capitalisations where account_id = $1)`,
      [id],
    );
    expect(rows).toEqual([{ code: 'INTEREST_INCOME' }]);
  });

  test('never breaks the overdraft limit: what finds no room is owed on, and posted when there is some', async () => {
    const entries = [{ day: '2024-01-01', amount: '-95' }];
    const id = await accrued(['-12.3400000000', '-1.0000000000'], { type: 'CREDIT', overdraft: '100', entries });
    await post(id);
    expect([await bank.balance(id), await parts(id)]).toEqual(['-100.00', [['-5.0000', '-7.3400000000']]]);
    await post(id, 1);
    expect((await parts(id))[1]).toEqual(['0.0000', '-8.3400000000']);
    const terms = { account_id: id, description: undefined, key: undefined, caller: teller };
    await bank.ledger.postDeposit({ ...terms, amount: '50' });
    await post(id, 2);
    expect([await bank.balance(id), (await parts(id))[2]]).toEqual(['-58.34', ['-8.3400', '0.0000000000']]);
  });

  test('stops at what a balance can hold', async () => {
    const id = await accrued(['5.0000000000'], { entries: [{ day: '2024-01-01', amount: '999999999999997.50' }] });
    await post(id);
    expect(await parts(id)).toEqual([['2.4900', '2.5100000000']]);
  });

  test('reaches a frozen account, and no closed one', async () => {
    const [frozen, closed] = [await accrued(['1.0000000000']), await accrued(['1.0000000000'])];
    await bank.powers.freezeAccount({ account_id: frozen, reason: 'a test', caller: teller });
    await bank.database.pool.query(`update bank.accounts set status = 'CLOSED' where id = $1`, [closed]);
    await post(frozen);
    await post(closed);
    expect([await bank.balance(frozen), await bank.balance(closed)]).toEqual(['1.00', '0.00']);
  });
});

describe('an account’s interest', () => {
  test('shows what accrued since the last posting, what was paid this year without what was taken back, and the terms', async () => {
    const own = await openTestBank();
    try {
      const owner = await own.customer();
      const reading = createInterest(own.dataApi.database('bank_accounts'));
      const jobs = jobsOf(own);
      const { rows } = await own.database.pool.query(
        `select (date_trunc('year', bank.open_day()) + interval '1 year')::date::text as day`,
      );
      const year = String(rows[0].day).slice(0, 4);
      await jobs.closeBooks(`${Number(year) - 1}-12-31`);
      const { account } = await own.accounts.openAccount({
        customer_id: owner.id,
        account_type: 'SAVINGS',
        currency: 'USD',
        interest_rate: '0.05',
        overdraft_limit: '0',
        accountLimit: null,
        verifiedOnly: false,
        caller: teller,
        key: undefined,
      });
      const terms = { account_id: account.id, description: undefined, key: undefined, caller: teller };
      await own.ledger.postDeposit({ ...terms, amount: '10000' });
      expect(await reading.readInterest(account.id, owner)).toEqual({
        account_id: account.id,
        currency: 'USD',
        interest_rate: '0.050000',
        day_count: 'ACT/365',
        apy: '0.0512',
        accrued: '0.0000000000',
        accrued_through: null,
        paid_this_year: '0.00',
        next_capitalisation_date: `${year}-01-31`,
      });
      await jobs.fire('accrue-interest', `${year}-02-02`);
      // January: 31 * 1.3698630137 = 42.4657534247, of which 42.47 is posted and -0.0042465753 carried; then 2 * 1.3756808219.
      expect(await reading.readInterest(account.id, owner)).toMatchObject({
        accrued: '2.7471150685',
        accrued_through: `${year}-02-02`,
        paid_this_year: '42.47',
        next_capitalisation_date: `${year}-02-28`,
      });
      const { transactions } = await own.transactions.listTransactions({ ...terms, limit: 1, cursor: undefined });
      await own.ledger.postReversal({ ...terms, transaction_id: transactions[0]?.id ?? '' });
      expect(await reading.readInterest(account.id, owner)).toMatchObject({ paid_this_year: '0.00' });
    } finally {
      await own.close();
    }
  });

  test('is its owner’s and staff’s to read', async () => {
    const id = await bank.account(alice);
    await expect(interest.readInterest(id, await bank.customer())).rejects.toMatchObject({ code: 'NOT_YOUR_ACCOUNT' });
    await expect(interest.readInterest(randomUUID(), teller)).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
    });
    expect(await interest.readInterest(id, teller)).toMatchObject({ account_id: id });
  });
});

/** Regulation DD, appendix A: ((1 + interest / principal) ^ (365 / days) - 1), the interest of a year compounded monthly. */
test.each([
  ['0.05', 'ACT/365', '0.0512'],
  ['0.0325', 'ACT/365', '0.0330'],
  ['0.05', 'ACT/360', '0.0519'],
  ['0.05', '30/360', '0.0512'],
  ['0', 'ACT/365', '0.0000'],
  ['1', 'ACT/365', '1.6130'],
])('a rate of %s under %s yields %s a year', async (rate, convention, apy) => {
  const { rows } = await bank.database.pool.query('select bank.annual_yield($1, $2)::text as apy', [rate, convention]);
  expect(rows[0].apy).toBe(apy);
});

test('after all of this the ledger holds', async () => {
  expect(await ledgerDifferences(bank.database)).toEqual([]);
});

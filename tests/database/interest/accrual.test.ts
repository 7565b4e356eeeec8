import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { jobsOf } from '../../support/interest/bank-jobs.ts';
import { daysFrom } from '../../support/interest/days.ts';
import { type Past, pastAccount } from '../../support/interest/past-account.ts';
import { accrualsOf } from '../../support/interest/rows.ts';
import { openTestBank, type TestBank, teller } from '../../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
});
afterAll(() => bank?.close());

/** What the days from one to another accrue on an account with a past. */
async function accrue(past: Past, first: string, last: string) {
  const id = await pastAccount(bank, alice.id, past);
  for (const day of daysFrom(first, last)) {
    await bank.database.pool.query('select bank.accrue_interest($1, $2, $2)', [day, id]);
  }
  return accrualsOf(bank, id);
}

const amounts = (rows: { amount: string }[]) => rows.map(({ amount }) => amount);
const total = async (past: Past, first: string, last: string) => {
  const tenths = amounts(await accrue(past, first, last)).map(amount => BigInt(amount.replace('.', '')));
  return (Number(tenths.reduce((sum, amount) => sum + amount, 0n)) / 1e10).toFixed(8);
};

const holding = (amount: string, more: Partial<Past> = {}): Past => ({
  openedOn: '2023-12-01',
  entries: [{ day: '2023-12-01', amount }],
  ...more,
});

describe('a day accrues', () => {
  test('its part of the yearly rate on the balance at its end, at ten decimals', async () => {
    expect(await accrue(holding('10000', { rate: '0.05' }), '2024-03-01', '2024-03-01')).toEqual([
      { run_date: '2024-03-01', day: '2024-03-01', balance: '10000.0000', rate: '0.050000', amount: '1.3698630137' },
    ]);
  });

  test('on what was paid in during the day, and not on what was taken out', async () => {
    const entries = [
      { day: '2024-01-01', amount: '365' },
      { day: '2024-01-02', amount: '365' },
      { day: '2024-01-03', amount: '-730' },
    ];
    const rows = await accrue({ openedOn: '2024-01-01', rate: '0.1', entries }, '2024-01-01', '2024-01-03');
    expect(amounts(rows)).toEqual(['0.1000000000', '0.2000000000', '0.0000000000']);
  });

  test('by the rate of that day, whatever it is now', async () => {
    const rates = [
      { from: '2024-01-02', rate: '0.2' },
      { from: '2024-01-04', rate: '0' },
    ];
    const past = { openedOn: '2024-01-01', rate: '0.1', rates, entries: [{ day: '2024-01-01', amount: '365' }] };
    const rows = await accrue(past, '2024-01-01', '2024-01-05');
    expect(rows.map(({ day, amount }) => [day, amount])).toEqual([
      ['2024-01-01', '0.1000000000'],
      ['2024-01-02', '0.2000000000'],
      ['2024-01-03', '0.2000000000'],
    ]);
  });

  test('nothing before the account was opened', async () => {
    const past = { openedOn: '2024-01-03', entries: [{ day: '2024-01-03', amount: '1' }] };
    expect((await accrue(past, '2024-01-01', '2024-01-03')).map(({ day }) => day)).toEqual(['2024-01-03']);
  });

  test('rounded once: what lies just below a half is not rounded up to it first', async () => {
    // 10^-14 of what is divided by 365; 182/365 = 0.49863 is less than a half, and to two digits it is one.
    const product = (balance: bigint) => balance * 50_001n;
    const balance = Array.from({ length: 365 }, (_, index) => 1_000_000_000_0000n + BigInt(index)).find(
      candidate => product(candidate) % 365n === 182n,
    );
    const text = String(balance);
    const rows = await accrue(
      holding(`${text.slice(0, -4)}.${text.slice(-4)}`, { rate: '0.050001' }),
      '2024-03-01',
      '2024-03-01',
    );
    const exact = String(product(balance ?? 0n) / 365n);
    expect(amounts(rows)).toEqual([`${exact.slice(0, -10)}.${exact.slice(-10)}`]);
  });

  test('on a credit account what it owes, and on no account both ways', async () => {
    const owing = { openedOn: '2023-12-01', overdraft: '1000', rate: '0.1899' };
    const entries = [{ day: '2023-12-01', amount: '-1000' }];
    const credit = await accrue({ ...owing, type: 'CREDIT', entries }, '2024-03-01', '2024-03-01');
    expect(amounts(credit)).toEqual(['-0.5275000000']);
    const overdrawn = await accrue({ ...owing, type: 'CHECKING', entries }, '2024-03-01', '2024-03-01');
    expect(amounts(overdrawn)).toEqual(['0.0000000000']);
    const paidAhead = await accrue(holding('1000', { type: 'CREDIT' }), '2024-03-01', '2024-03-01');
    expect(amounts(paidAhead)).toEqual(['0.0000000000']);
  });

  test('in a currency without minor units at ten decimals too', async () => {
    expect(
      amounts(await accrue(holding('1000', { currency: 'JPY', rate: '0.01' }), '2024-03-01', '2024-03-01')),
    ).toEqual(['0.0273972603']);
  });

  test('on a frozen account, and not on a closed one', async () => {
    const id = await pastAccount(bank, alice.id, holding('100'));
    const run = (day: string) => bank.database.pool.query('select bank.accrue_interest($1, $2, $2)', [day, id]);
    await bank.powers.freezeAccount({ account_id: id, reason: 'a test', caller: teller });
    await run('2024-03-01');
    await bank.database.pool.query("update bank.accounts set status = 'CLOSED' where id = $1", [id]);
    await run('2024-03-02');
    expect((await accrualsOf(bank, id)).map(({ day }) => day)).toEqual(['2024-03-01']);
  });
});

describe('days are counted', () => {
  const year = holding('36500', { rate: '0.1' });

  test.each([
    ['2023', '3650.00000000'],
    ['2024', '3660.00000000'],
  ])('ACT/365: every day of %s over 365, 29 February too', async (of, interest) => {
    expect(
      await total(
        { ...year, openedOn: `${of}-01-01`, entries: [{ day: `${of}-01-01`, amount: '36500' }] },
        `${of}-01-01`,
        `${of}-12-31`,
      ),
    ).toBe(interest);
  });

  test('ACT/360: every day over 360', async () => {
    const credit = { type: 'CREDIT' as const, overdraft: '36000', rate: '0.1' };
    const past = { ...credit, openedOn: '2024-02-01', entries: [{ day: '2024-02-01', amount: '-36000' }] };
    expect(await total(past, '2024-02-01', '2024-02-29')).toBe('-290.00000000');
  });

  test.each([
    ['2023-01', '31', '300.00000000'],
    ['2023-02', '28', '300.00000000'],
    ['2024-02', '29', '300.00000000'],
    ['2024-04', '30', '300.00000000'],
  ])('30/360: %s has thirty days', async (month, last, interest) => {
    const { pool } = bank.database;
    await pool.query(`insert into bank.day_counts values ('CHECKING', '2020-01-01', '30/360') on conflict do nothing`);
    const past = {
      type: 'CHECKING' as const,
      openedOn: '2023-01-01',
      rate: '0.1',
      entries: [{ day: '2023-01-01', amount: '36000' }],
    };
    expect(await total(past, `${month}-01`, `${month}-${last}`)).toBe(interest);
  });

  test('30/360: a 30th before a 31st counts for none, the last of February for what is missing', async () => {
    const counted = async (day: string) =>
      (await bank.database.pool.query(`select bank.day_count('30/360', $1) as parts`, [day])).rows[0].parts;
    expect(await counted('2023-01-30')).toEqual([0, 360]);
    expect(await counted('2023-01-31')).toEqual([1, 360]);
    expect(await counted('2023-02-28')).toEqual([3, 360]);
    expect(await counted('2024-02-28')).toEqual([1, 360]);
    expect(await counted('2024-02-29')).toEqual([2, 360]);
    expect(await counted('2023-12-31')).toEqual([1, 360]);
  });

  test('as the type of account says on that day, so that a change is not for the past', async () => {
    const { pool } = bank.database;
    await pool.query(
      `insert into bank.day_counts values ('SAVINGS', '2022-01-02', 'ACT/360'), ('SAVINGS', '2022-01-03', 'ACT/365')`,
    );
    const past = { openedOn: '2022-01-01', rate: '0.1', entries: [{ day: '2022-01-01', amount: '131400' }] };
    expect(amounts(await accrue(past, '2022-01-01', '2022-01-03'))).toEqual([
      '36.0000000000',
      '36.5000000000',
      '36.0000000000',
    ]);
  });
});

test('what accrued stays written, whoever asks', async () => {
  await accrue(holding('1'), '2024-03-01', '2024-03-01');
  for (const table of ['interest_accruals', 'interest_capitalisations', 'interest_rates', 'closings', 'fees']) {
    await expect(bank.database.pool.query(`truncate bank.${table}`)).rejects.toMatchObject({ code: '23001' });
  }
  for (const statement of ['update bank.interest_accruals set amount = 1', 'delete from bank.interest_accruals']) {
    await expect(bank.database.pool.query(statement)).rejects.toMatchObject({ code: '23001' });
  }
});

test("a movement counts for the day of the bank's time zone, and once the books are closed for the next", async () => {
  const openAt = async (zone: string) => {
    await bank.database.pool.query('update bank.fraud_settings set time_zone = $1', [zone]);
    return (await bank.database.pool.query(`select bank.open_day('2020-03-01T03:00:00Z')::text as day`)).rows[0].day;
  };
  expect([await openAt('America/New_York'), await openAt('UTC')]).toEqual(['2020-02-29', '2020-03-01']);

  const jobs = jobsOf(bank);
  const today = await jobs.openDay();
  const id = await bank.account(alice, '5');
  await jobs.closeBooks(today);
  await bank.ledger.postDeposit({
    account_id: id,
    amount: '7',
    description: undefined,
    caller: teller,
    key: undefined,
  });
  const { rows: lines } = await bank.database.pool.query(
    'select amount::integer, value_date - $2 as later from bank.postings where account_id = $1 order by created_at',
    [id, today],
  );
  expect(lines).toEqual([
    { amount: 5, later: 0 },
    { amount: 7, later: 1 },
  ]);
});

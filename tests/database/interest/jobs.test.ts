import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { type BankJobs, jobsOf } from '../../support/interest/bank-jobs.ts';
import { addDays, daysFrom } from '../../support/interest/days.ts';
import { fillBank } from '../../support/interest/fill-bank.ts';
import { pastAccount } from '../../support/interest/past-account.ts';
import { interestRows, jobRuns } from '../../support/interest/rows.ts';
import { ledgerDifferences, openTestBank, type TestBank } from '../../support/test-bank.ts';

let bank: TestBank;
let jobs: BankJobs;
let alice: ActingCaller;
beforeEach(async () => {
  bank = await openTestBank();
  jobs = jobsOf(bank);
  alice = await bank.customer();
});
afterEach(() => bank?.close());

describe('a job fired', () => {
  test('twice for the same date adds nothing the second time', async () => {
    await fillBank(bank, alice);
    const first = await jobs.fire('accrue-interest', '2024-02-28');
    const rows = await interestRows(bank);
    expect(first.at(-1)).toMatchObject({ job: 'accrue-interest', run_date: '2024-02-28', status: 'COMPLETED' });
    expect(rows.accruals.length).toBe(5 * 59);
    expect(await jobs.fire('accrue-interest', '2024-02-28')).toEqual([]);
    expect(await interestRows(bank)).toEqual(rows);
  });

  test('for a date does all that is missing before it, in the order of the days, and posts a month before the next begins', async () => {
    await fillBank(bank, alice, 1);
    await jobs.fire('accrue-interest', '2024-02-02');
    const done = (await jobRuns(bank)).map(({ job, run_date }) => `${run_date} ${job}`);
    const daily = daysFrom('2024-01-01', '2024-02-02').flatMap(day => [
      `${day} accrue-interest`,
      ...(day === '2024-01-31' ? [`${day} capitalise-interest`] : []),
      ...(day === '2024-02-02' ? [] : [`${day} charge-fees`]),
    ]);
    expect(done).toEqual(daily);
  });

  test('leaves a row of what it did: for which date, in how many parts, with what counts, how long, and an event', async () => {
    await fillBank(bank, alice);
    await jobs.setPartSize('accrue-interest', 2);
    const [run] = await jobs.fire('accrue-interest', '2024-01-01');
    expect(run).toMatchObject({
      job: 'accrue-interest',
      run_date: '2024-01-01',
      status: 'COMPLETED',
      parts: 3,
      counts: { accruals: 5, adjustments: 0 },
      failure: null,
      duration_ms: expect.any(Number),
    });
    const { rows } = await bank.database.pool.query(
      `select aggregate_id, data from bank.events where type = 'JobCompleted'`,
    );
    expect(rows).toEqual([{ aggregate_id: run?.id, data: run }]);
  });

  test('without a date works for the last day that is over, and does what it has not done since the bank has accounts', async () => {
    const today = await jobs.openDay();
    await pastAccount(bank, alice.id, {
      openedOn: addDays(today, -4),
      entries: [{ day: addDays(today, -4), amount: '9' }],
    });
    await jobs.fire('accrue-interest');
    expect(
      (await jobRuns(bank)).filter(({ job }) => job === 'accrue-interest').map(({ run_date }) => run_date),
    ).toEqual(daysFrom(addDays(today, -4), addDays(today, -1)));
    expect(await jobs.fire('accrue-interest')).toEqual([]);
  });

  test('for a date before the first account was opened finds nothing to do', async () => {
    await fillBank(bank, alice, 1);
    expect(await jobs.fire('accrue-interest', '2023-12-31')).toEqual([]);
    expect(await jobRuns(bank)).toEqual([]);
  });

  test('in a bank without accounts finds nothing to do', async () => {
    expect(await jobs.fire('accrue-interest')).toEqual([]);
  });
});

test.each(['accrue-interest', 'charge-fees'] as const)(
  'a day that is not over may be worked on by %s only as far ahead as the stage says',
  async job => {
    const today = await jobs.openDay();
    await expect(jobs.closeBooks(today, 0)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: `The day ${today} is not over: ${addDays(today, -1)} is the latest that may be worked on.`,
    });
    expect(await bank.count('closings')).toBe(0);
    await bank.account(alice, '1');
    expect((await jobs.fire(job, today)).at(-1)).toMatchObject({ job, run_date: today });
    await expect(jobs.closeBooks(addDays(today, 3), 3)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  },
);

describe('late', () => {
  test('three months in one go come to the same rows as day by day', async () => {
    await fillBank(bank, alice);
    for (const day of daysFrom('2024-01-01', '2024-03-31')) {
      await jobs.fire('accrue-interest', day);
    }
    await jobs.fire('charge-fees', '2024-03-31');
    const byDay = await interestRows(bank);
    expect(byDay.accruals.length).toBe(5 * 91);
    expect(byDay.capitalisations.length).toBe(5 * 3);

    const other = await openTestBank();
    try {
      [bank, jobs] = [other, jobsOf(other)];
      alice = await bank.customer();
      await fillBank(bank, alice);
      await jobs.fire('charge-fees', '2024-03-31');
      expect(await interestRows(bank)).toEqual(byDay);
      expect(await ledgerDifferences(bank.database)).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('three missed days around a leap day and a month’s end equal the daily run', async () => {
    await fillBank(bank, alice, 3);
    await jobs.fire('accrue-interest', '2024-02-27');
    const missed = await jobs.fire('accrue-interest', '2024-03-01');
    expect(missed.filter(({ parts }) => parts > 0).map(({ job, run_date }) => `${run_date} ${job}`)).toEqual([
      '2024-02-28 accrue-interest',
      '2024-02-29 accrue-interest',
      '2024-02-29 capitalise-interest',
      '2024-03-01 accrue-interest',
    ]);
    const { rows } = await bank.database.pool.query(
      'select day::text, count(*)::integer from bank.interest_accruals where day >= $1 group by day order by day',
      ['2024-02-27'],
    );
    expect(rows.map(({ day, count }) => [day, count])).toEqual(
      ['2024-02-27', '2024-02-28', '2024-02-29', '2024-03-01'].map(day => [day, 3]),
    );
  });
});

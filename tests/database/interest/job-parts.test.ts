import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { type BankJobs, jobsOf } from '../../support/interest/bank-jobs.ts';
import { fillBank } from '../../support/interest/fill-bank.ts';
import { interestRows, jobRuns } from '../../support/interest/rows.ts';
import { deadlocksLogged } from '../../support/postgres.ts';
import { openTestBank, type TestBank } from '../../support/test-bank.ts';

let bank: TestBank;
let jobs: BankJobs;
let alice: ActingCaller;
beforeEach(async () => {
  bank = await openTestBank();
  jobs = jobsOf(bank);
  alice = await bank.customer();
});
afterEach(() => bank?.close());

describe('parts', () => {
  test('that are many go to the workers, and whoever does the last one goes on with the next run', async () => {
    const ids = await fillBank(bank, alice, 11);
    await jobs.setPartSize('accrue-interest', 2);
    const { completed, handed_over } = await jobs.start('accrue-interest', '2024-01-02');
    expect([completed, handed_over, jobs.waiting.length]).toEqual([[], true, 6]);
    const done = [];
    for (let message = jobs.waiting.shift(); message; message = jobs.waiting.shift()) {
      done.push(...(await jobs.work(message)).completed);
    }
    expect(done.map(({ job, run_date }) => `${run_date} ${job}`)).toEqual([
      '2024-01-01 accrue-interest',
      '2024-01-01 charge-fees',
      '2024-01-02 accrue-interest',
    ]);
    expect((await interestRows(bank)).accruals.length).toBe(2 * ids.length);
  });

  test('delivered three times each, to several workers at once, come to one row for each account and day', async () => {
    const ids = await fillBank(bank, alice, 9);
    await jobs.setPartSize('accrue-interest', 2);
    await jobs.start('accrue-interest', '2024-01-05');
    let most = 0;
    const worker = async () => {
      for (let message = jobs.waiting.shift(); message; message = jobs.waiting.shift()) {
        const copies = message.part ? [message, message, message] : [message];
        await Promise.all(copies.map(copy => jobs.work(copy)));
        most = Math.max(most, jobs.waiting.filter(({ part }) => part).length);
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    const { rows } = await bank.database.pool.query(
      'select count(*)::integer as all, count(distinct (account_id, day))::integer as different from bank.interest_accruals',
    );
    expect(rows).toEqual([{ all: 5 * ids.length, different: 5 * ids.length }]);
    expect((await jobRuns(bank)).filter(({ status }) => status !== 'COMPLETED')).toEqual([]);
    // Copies do not bring forth copies: a run's parts are sent once.
    expect(most).toBeLessThanOrEqual(5);
    expect(await deadlocksLogged(bank.database)).toEqual([]);
  });

  test('cover every account once, however many there are', async () => {
    for (const [accounts, size] of [
      [1, 2],
      [4, 2],
      [5, 2],
      [7, 3],
      [9, 100],
    ] as const) {
      const other = await openTestBank();
      try {
        [bank, jobs] = [other, jobsOf(other)];
        alice = await bank.customer();
        await fillBank(bank, alice, accounts);
        await jobs.setPartSize('accrue-interest', size);
        const { rows } = await bank.database.pool.query(`select (bank.make_run('accrue-interest', '2024-01-01')).*`);
        const parts = await bank.database.pool.query(
          `select part.part, count(account.id)::integer from bank.job_parts part
             join bank.accounts account on account.id between part.from_id and part.to_id group by 1 order by 1`,
        );
        expect(rows[0].parts).toBe(Math.ceil(accounts / size));
        expect(parts.rows.map(({ count }) => count).reduce((sum, count) => sum + count)).toBe(accounts);
        expect(parts.rows.every(({ count }) => count <= size)).toBe(true);
      } finally {
        await other.close();
      }
    }
  });
});

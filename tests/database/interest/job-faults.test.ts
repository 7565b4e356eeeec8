import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import { type BankJobs, jobsOf } from '../../support/interest/bank-jobs.ts';
import { fillBank } from '../../support/interest/fill-bank.ts';
import { interestRows, jobRuns } from '../../support/interest/rows.ts';
import { lockWaits } from '../../support/lock-waits.ts';
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

describe('two runners at once', () => {
  test('do everything once between them', async () => {
    const ids = await fillBank(bank, alice);
    await Promise.all([1, 2, 3].map(() => jobs.fire('charge-fees', '2024-02-03')));
    const { accruals, capitalisations } = await interestRows(bank);
    expect([accruals.length, capitalisations.length]).toEqual([34 * ids.length, ids.length]);
    expect((await jobRuns(bank)).every(({ status }) => status === 'COMPLETED')).toBe(true);
    expect(await bank.count('job_runs')).toBe(34 + 1 + 34);
    const events = await bank.database.pool.query(
      `select count(*)::integer from bank.events where type = 'JobCompleted'`,
    );
    expect(events.rows[0].count).toBe(69);
  });

  test('that are given the same part wait for each other: the second finds it done', async () => {
    await fillBank(bank, alice);
    const started = await jobs.runs.start({ job: 'accrue-interest', through: '2024-01-01' });
    const id = started.run?.id ?? '';
    const first = await bank.database.pool.connect();
    try {
      await first.query('begin');
      await first.query('select bank.run_job_part($1, 0)', [id]);
      const second = jobs.runs.runPart(id, 0);
      await lockWaits(bank.database.pool);
      await first.query('commit');
      expect(await second).toMatchObject({ run: { status: 'COMPLETED' }, closed: true });
      expect((await interestRows(bank)).accruals.length).toBe(5);
    } finally {
      await first.query('rollback');
      first.release();
    }
  });
});

describe('a run that was killed half-way', () => {
  /** Parts of two accounts each, of which the runner has done the first and is in the middle of the second when it is killed. */
  async function killInTheMiddle(job: 'accrue-interest' | 'capitalise-interest', date: string): Promise<string> {
    await jobs.setPartSize(job, 2);
    const run = (await jobs.runs.start({ job, through: date })).run;
    const id = run?.id ?? '';
    await jobs.runs.runPart(id, 0);
    const victim = await bank.database.pool.connect();
    victim.on('error', () => undefined);
    const { rows } = await victim.query('select pg_backend_pid() as pid');
    await victim.query('begin');
    await victim.query('select bank.run_job_part($1, 1)', [id]);
    await bank.database.pool.query('select pg_terminate_backend($1)', [rows[0].pid]);
    await expect(victim.query('commit')).rejects.toThrow();
    victim.release(true);
    return id;
  }

  test.each([
    ['accrue-interest', '2024-01-01', 'accruals'],
    ['capitalise-interest', '2024-01-31', 'capitalisations'],
  ] as const)('goes on where it was: %s', async (job, date, made) => {
    const ids = await fillBank(bank, alice, 7);
    if (job === 'capitalise-interest') await jobs.fire('accrue-interest', date);
    const before = (await interestRows(bank))[made].length;
    const id = await killInTheMiddle(job, date);
    expect((await interestRows(bank))[made].length - before).toBe(2);
    expect((await jobRuns(bank)).at(-1)).toMatchObject({ job, status: 'RUNNING' });
    const [again] = await jobs.fire(job, date, 2);
    expect(again).toMatchObject({ id, status: 'COMPLETED', parts: 4 });
    expect((await interestRows(bank))[made].length - before).toBe(ids.length);
    expect(await ledgerDifferences(bank.database)).toEqual([]);
  });
});

describe('a part that fails', () => {
  test('leaves its run FAILED with the code of why, undoes itself alone, and is done when the run is fired again', async () => {
    const ids = await fillBank(bank, alice, 4);
    await jobs.setPartSize('accrue-interest', 2);
    // A balance that no interest can be reckoned of: the numbers overflow.
    await bank.database.pool.query('alter table bank.interest_accruals add constraint small check (balance < 1002)');
    await expect(jobs.fire('accrue-interest', '2024-01-01')).rejects.toThrow('23514');
    expect((await jobRuns(bank)).at(-1)).toMatchObject({
      status: 'FAILED',
      failure: 'DatabaseErrorException, SQLSTATE 23514',
    });
    expect((await interestRows(bank)).accruals.length).toBe(2);
    await bank.database.pool.query('alter table bank.interest_accruals drop constraint small');
    const [run] = await jobs.fire('accrue-interest', '2024-01-01');
    expect(run).toMatchObject({ status: 'COMPLETED', counts: { accruals: ids.length, adjustments: 0 } });
    expect((await interestRows(bank)).accruals.length).toBe(ids.length);
    const { rows } = await bank.database.pool.query(`select data from bank.events where type = 'JobFailed'`);
    expect(rows).toEqual([{ data: expect.objectContaining({ status: 'FAILED', job: 'accrue-interest' }) }]);
  });
});

describe('the close of a day', () => {
  test('waits for movements that are on their way: what counts for the day is in its balance', async () => {
    const id = await bank.account(alice, '100');
    await bank.database.pool.query('update bank.accounts set interest_rate = 0.365 where id = $1', [id]);
    const today = await jobs.openDay();
    const mover = await bank.database.pool.connect();
    try {
      await mover.query('begin');
      await mover.query(`select bank.post_deposit(gen_random_uuid(), $1, 900, null, 'late', $2)`, [
        id,
        JSON.stringify({ id: teller.id, roles: [], own_accounts_only: false }),
      ]);
      await jobs.closeBooks(today);
      const firing = jobs.fire('accrue-interest', today);
      await untilWaiting();
      await mover.query('commit');
      await firing;
      const { rows } = await bank.database.pool.query('select balance::numeric(9,2)::text from bank.interest_accruals');
      expect(rows).toEqual([{ balance: '1000.00' }]);
    } finally {
      await mover.query('rollback');
      mover.release();
    }
  });

  async function untilWaiting(): Promise<void> {
    for (;;) {
      const { rowCount } = await bank.database.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
      );
      if (rowCount) return;
    }
  }
});

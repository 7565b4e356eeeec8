import type { TestBank } from '../test-bank.ts';

/** What accrued on accounts, as it is written, in order. */
export async function accrualsOf(bank: TestBank, ...accounts: string[]) {
  const { rows } = await bank.database.pool.query(
    `select run_date::text, day::text, balance::text, rate::text, amount::text from bank.interest_accruals
      where account_id = any($1) order by account_id, run_date, day`,
    [accounts],
  );
  return rows;
}

/** What was posted of it. */
export async function capitalisationsOf(bank: TestBank, ...accounts: string[]) {
  const { rows } = await bank.database.pool.query(
    `select run_date::text, accrued::text, posted::text, carried::text from bank.interest_capitalisations
      where account_id = any($1) order by account_id, run_date`,
    [accounts],
  );
  return rows;
}

/** All that the jobs have made of interest, but for ids and times: what must be the same whenever they ran. */
export async function interestRows(bank: TestBank) {
  const all = async (sql: string) => (await bank.database.pool.query(sql)).rows;
  return {
    accruals: await all('select * from bank.interest_accruals order by account_id, run_date, day'),
    capitalisations: await all(
      'select account_id, run_date, carried_in, accrued, posted, carried from bank.interest_capitalisations order by account_id, run_date',
    ),
    postings: await all(
      `select line.account_id, line.amount, line.value_date, entry.transaction_type, entry.description
         from bank.postings line join bank.transactions entry on entry.id = line.transaction_id
        where entry.transaction_type in ('INTEREST', 'FEE') order by 1, 3, 2`,
    ),
    balances: await all('select id, balance from bank.accounts order by id'),
  };
}

/** The runs of all jobs, as they came. */
export async function jobRuns(bank: TestBank) {
  const { rows } = await bank.database.pool.query(
    'select job, run_date::text, status, parts, counts, failure from bank.job_runs order by run_date, started_at',
  );
  return rows;
}

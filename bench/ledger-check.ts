import type { Pool } from 'pg';

/** The books, as decimal texts and counts. */
export interface Books {
  /** All customers' balances together. */
  total_balance: string;
  /** All postings together: zero, or money came from nowhere. */
  trial_balance: string;
  /** Accounts whose balance is not what their postings say. */
  account_differences: number;
  /** Transfers that have been completed. */
  transfers: number;
}

/** Reads the books, all of them as they were at one moment. */
export async function readBooks(database: Pool): Promise<Books> {
  const { rows } = await database.query<Books>(`
    select (select coalesce(sum(balance), 0)::numeric(30, 4)::text from bank.accounts) as total_balance,
           (select coalesce(sum(abs(total)), 0)::numeric(30, 4)::text from bank.trial_balance) as trial_balance,
           (select count(*)::integer from bank.account_differences) as account_differences,
           (select count(*)::integer from bank.transactions where transaction_type = 'TRANSFER' and status = 'COMPLETED') as transfers`);
  const [books] = rows;
  if (!books) {
    throw new Error('The books could not be read');
  }
  return books;
}

/** What must not have happened between two readings of the books: a sentence for each, none when every cent is there. */
export function lostMoney(before: Books, after: Books): string[] {
  const failures: string[] = [];
  if (before.total_balance !== after.total_balance) {
    failures.push(`the balances came to ${before.total_balance} before and come to ${after.total_balance} now`);
  }
  if (Number(after.trial_balance) !== 0) {
    failures.push(`the trial balance is out by ${after.trial_balance}`);
  }
  if (after.account_differences !== 0) {
    failures.push(`${after.account_differences} accounts' balances are not what their postings say`);
  }
  return failures;
}

/** Waits until the database works on nothing but this: what clients gave up on is then done or undone. */
export async function untilQuiet(database: Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await database.query(
      `select from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid() limit 1`,
    );
    if (rowCount === 0) {
      return;
    }
    await new Promise(resume => setTimeout(resume, 50));
  }
}

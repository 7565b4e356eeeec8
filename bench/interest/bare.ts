import type { Pool } from 'pg';

/**
 * Plain copies: the tables' columns, primary keys and other indexes. Of what a run wrote there are copies without any, which lie ready
 * in the order in which they were written, and are no part of what is measured.
 */
const makeTables = `
  create schema bare;
  create table bare.interest_accruals (like bank.interest_accruals including indexes);
  create table bare.interest_capitalisations (like bank.interest_capitalisations including indexes);
  create table bare.transactions (like bank.transactions including indexes);
  create table bare.postings (like bank.postings including indexes);
  create table bare.events (like bank.events including indexes);
  create table bare.accounts (like bank.accounts including indexes) with (fillfactor = 80);
  insert into bare.accounts select * from bank.accounts order by id;
  create unlogged table bare.new_accruals (like bank.interest_accruals);
  create unlogged table bare.new_capitalisations (like bank.interest_capitalisations);
  create unlogged table bare.new_transactions (like bank.transactions);
  create unlogged table bare.new_postings (like bank.postings);
  create unlogged table bare.new_events (like bank.events)`;

const readyAccruals = `
  truncate bare.new_accruals;
  insert into bare.new_accruals select * from bank.interest_accruals where run_date = current_setting('bare.day')::date;
  analyze bare.new_accruals`;

const readyCapitalisations = `
  truncate bare.new_capitalisations, bare.new_transactions, bare.new_postings, bare.new_events;
  insert into bare.new_capitalisations
    select * from bank.interest_capitalisations where run_date = current_setting('bare.day')::date order by ctid;
  insert into bare.new_transactions select * from bank.transactions
    where id in (select transaction_id from bare.new_capitalisations) order by ctid;
  insert into bare.new_postings select * from bank.postings
    where transaction_id in (select transaction_id from bare.new_capitalisations) order by ctid;
  insert into bare.new_events select * from bank.events
    where aggregate_id in (select transaction_id from bare.new_capitalisations) order by ctid;
  analyze bare.new_capitalisations, bare.new_transactions, bare.new_postings, bare.new_events`;

const insertAccruals = 'insert into bare.interest_accruals select * from bare.new_accruals';

const insertCapitalisations = `
  with capitalised as (
    insert into bare.interest_capitalisations select * from bare.new_capitalisations
  ), journal as (
    insert into bare.transactions select * from bare.new_transactions
  ), lines as (
    insert into bare.postings select * from bare.new_postings
  ), outbox as (
    insert into bare.events select * from bare.new_events
  )
  update bare.accounts account
     set balance = account.balance + entry.posted, version = account.version + 1, updated_at = entry.created_at
    from bare.new_capitalisations entry
   where account.id = entry.account_id and entry.posted <> 0`;

export type Measured = 'accrual' | 'capitalisation';

const statements: Record<Measured, { ready: string; insert: string }> = {
  accrual: { ready: readyAccruals, insert: insertAccruals },
  capitalisation: { ready: readyCapitalisations, insert: insertCapitalisations },
};

/** Makes the tables of the bare statements, for the accounts that there are. */
export async function prepareBare(pool: Pool): Promise<void> {
  await pool.query(makeTables);
}

/** Writes what a run wrote for a day once more, by one bare statement. @returns its seconds. */
export async function insertBare(pool: Pool, measured: Measured, day: string): Promise<number> {
  const { ready, insert } = statements[measured];
  await pool.query(`select set_config('bare.day', $1, false)`, [day]);
  await pool.query(ready);
  await pool.query('checkpoint');
  const began = performance.now();
  await pool.query(insert);
  return (performance.now() - began) / 1000;
}

import { randomUUID } from 'node:crypto';
import type { TestBank } from '../test-bank.ts';
import type { Day } from './days.ts';

/** An account as it would be had the bank been there on those days. */
export interface Past {
  type?: 'SAVINGS' | 'CHECKING' | 'CREDIT';
  currency?: string;
  overdraft?: string;
  openedOn: Day;
  /** The rate from the opening on, and from later days on. */
  rate?: string;
  rates?: { from: Day; rate: string }[];
  /** What was paid in, or out where negative, on each day. */
  entries?: { day: Day; amount: string }[];
  /** Its id; otherwise a new one. */
  id?: string;
}

const insertAccount = `
  insert into bank.accounts (id, account_number, customer_id, account_type, currency, overdraft_limit, interest_rate, created_at, updated_at)
  values ($1, bank.new_account_number(), $2, $3, $4, $5, $6, $7::date + time '08:00', $7::date + time '08:00')`;

const insertRate = `
  insert into bank.interest_rates (account_id, valid_from, account_version, rate) values ($1, $2, $3, $4)`;

/** One payment of the past: the balance moves, and the journal and its postings say when. */
const insertEntry = `
  with moved as (
    update bank.accounts set balance = balance + $2::numeric, version = version + 1, updated_at = $3::date + time '12:00' where id = $1 returning *
  ), entry as (
    insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status, initiated_by,
      metadata, created_at, completed_at)
    select gen_random_uuid(), 'PAST-' || gen_random_uuid(), case when $2::numeric < 0 then 'WITHDRAWAL' else 'DEPOSIT' end,
           case when $2::numeric < 0 then id end, case when $2::numeric > 0 then id end, abs($2::numeric), currency, 'COMPLETED', customer_id, '{}',
           updated_at, updated_at
      from moved
    returning *
  )
  insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at, value_date)
  select entry.id, line.account_id, line.amount, entry.currency, line.balance, line.version, entry.created_at, $3::date
    from entry, moved, bank.internal_accounts cash,
         lateral (values (moved.id, $2::numeric, moved.balance, moved.version), (cash.id, -$2::numeric, null, null))
           line (account_id, amount, balance, version)
   where cash.code = 'CASH' and cash.currency = entry.currency`;

/** Writes an account with its past, which the bank's own functions cannot: they date everything by the day that is open. @returns its id. */
export async function pastAccount(bank: TestBank, customerId: string, past: Past): Promise<string> {
  const { pool } = bank.database;
  const {
    type = 'SAVINGS',
    currency = 'USD',
    overdraft = '0',
    openedOn,
    rate = '0.05',
    rates = [],
    entries = [],
  } = past;
  const id = past.id ?? randomUUID();
  const current = rates.at(-1)?.rate ?? rate;
  await pool.query(insertAccount, [id, customerId, type, currency, overdraft, current, openedOn]);
  for (const [index, entry] of [{ from: openedOn, rate }, ...rates].entries()) {
    await pool.query(insertRate, [id, entry.from, index + 1, entry.rate]);
  }
  for (const { day, amount } of entries) {
    await pool.query(insertEntry, [id, amount, day]);
  }
  return id;
}

import type { Pool } from 'pg';
import { calmFraudRules } from '../calm-fraud-rules.ts';
import { type MigratedBank, openBank } from '../migrated-bank.ts';
import { postOpeningEntries } from '../opening-entries.ts';
import { accountIdSql, customerIdSql, customers } from './ids.ts';

/** A bank with accounts, and beside it the tables that are measured against. */
export type FilledBank = MigratedBank;

/** May ask as often as anybody may: the limits are counted, and never met. */
const insertCustomers = `
  with customer as (
    insert into bank.customers (id, first_name, last_name, email)
    select ${customerIdSql('number')}, 'Bench', 'Customer ' || number, number || '@bench.example'
      from generate_series(0, ${customers - 1}) number
    returning id
  )
  insert into bank.rate_limits (customer_id, transfers_per_minute, requests_per_hour) select id, 10000, 1000000 from customer`;

/** Opened a quarter of a year ago, with more money than a run can take. */
const insertAccounts = `
  insert into bank.accounts (id, account_number, customer_id, account_type, balance, created_at, updated_at)
  select ${accountIdSql('number')}, bank.new_account_number(), ${customerIdSql(`number % ${customers}`)}, 'CHECKING', 1000000, opened, opened
    from generate_series(0, $1::integer - 1) number, (select clock_timestamp() - interval '91 days' as opened) quarter`;

/**
 * What the floor is measured on: the least that could be called accounts and transfers, with the room on each page that the bank's accounts
 * have, too. `audit_logs` is written by the way of many calls only.
 */
const makeBareTables = `
  create schema bare;
  create table bare.accounts (id integer primary key, balance numeric(19,4) not null) with (fillfactor = 80);
  create table bare.transfers (id uuid primary key, from_id integer not null, to_id integer not null, amount numeric(19,4) not null,
    created_at timestamptz not null);
  create table bare.audit_logs (id uuid primary key, transfer_id uuid not null, what jsonb not null, created_at timestamptz not null)`;

const insertBareAccounts = `
  insert into bare.accounts (id, balance) select number, 1000000 from generate_series(0, $1::integer - 1) number`;

/** Makes a database of that name on a server: a bank of so many accounts of a thousand customers, and the bare tables. */
export async function openFilledBank(serverUrl: string, name: string, accounts: number): Promise<FilledBank> {
  const bank = await openBank(serverUrl, name);
  try {
    await fillAccounts(bank.pool, accounts);
  } catch (error) {
    await bank.close();
    throw error;
  }
  return bank;
}

/** Fills an empty bank with so many accounts, and puts the bare tables beside it. */
export async function fillAccounts(pool: Pool, accounts: number): Promise<void> {
  await calmFraudRules(pool);
  await pool.query(insertCustomers);
  await pool.query(insertAccounts, [accounts]);
  await postOpeningEntries(pool);
  await pool.query(makeBareTables);
  await pool.query(insertBareAccounts, [accounts]);
  await pool.query('vacuum analyze');
}

/**
 * Forgets when customers asked lately, as if the minute were over: what is measured next would otherwise carry on with the list that was
 * measured before.
 */
export async function forgetCounters(pool: Pool): Promise<void> {
  await pool.query(`update bank.rate_counters set requests = 0, transfers = '{}'`);
}

import type { Pool } from 'pg';
import { postOpeningEntries } from '../opening-entries.ts';

const customer = '0198d5f0-0000-7000-8000-000000000000';

/** Six of ten save, three have a checking account, and one owes on a credit account. All earn or owe each day. */
const insertAccounts = `
  insert into bank.accounts (id, account_number, customer_id, account_type, balance, interest_rate, overdraft_limit)
  select ('0198d5f0-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, lpad(number::text, 10, '0'), $2,
         case when number % 10 = 0 then 'CREDIT' when number % 10 < 4 then 'CHECKING' else 'SAVINGS' end,
         case when number % 10 = 0 then -1 else 1 end * (1000 + number % 9000 + number % 100 / 100.0),
         0.0100 + number % 300 / 10000.0, case when number % 10 = 0 then 20000 else 0 end
    from generate_series(1, $1::integer) number`;

const insertRates = `
  insert into bank.interest_rates (account_id, valid_from, account_version, rate)
  select id, bank.bank_date(), 1, interest_rate from bank.accounts`;

/** Fills an empty bank with so many accounts, as if each had been opened today with money, or with debt. */
export async function fillBank(pool: Pool, accounts: number): Promise<void> {
  await pool.query(
    `insert into bank.customers (id, first_name, last_name, email) values ($1, 'Bench', 'Customer', 'bench@example.com')`,
    [customer],
  );
  await pool.query(insertAccounts, [accounts, customer]);
  await pool.query(insertRates);
  await postOpeningEntries(pool);
}

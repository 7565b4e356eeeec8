import type { Pool } from 'pg';

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

const insertTransactions = `
  insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
    initiated_by, metadata, created_at, completed_at)
  select overlay(id::text placing '0198d5f1' from 1 for 8)::uuid, bank.new_transaction_ref(created_at),
         case when balance < 0 then 'WITHDRAWAL' else 'DEPOSIT' end, case when balance < 0 then id end, case when balance > 0 then id end,
         abs(balance), currency, 'COMPLETED', customer_id, '{}', created_at, created_at
    from bank.accounts order by id`;

const insertPostings = `
  insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at)
  select entry.id, line.account_id, line.amount, entry.currency, line.balance_after, line.account_version, entry.created_at
    from bank.transactions entry
    join bank.accounts account on account.id in (entry.from_account_id, entry.to_account_id)
    join bank.internal_accounts cash on cash.code = 'CASH' and cash.currency = entry.currency,
    lateral (values (account.id, account.balance, account.balance, account.version), (cash.id, -account.balance, null, null))
      line (account_id, amount, balance_after, account_version)
   order by entry.id`;

/** Fills an empty bank with so many accounts, as if each had been opened today with money, or with debt. */
export async function fillBank(pool: Pool, accounts: number): Promise<void> {
  await pool.query(
    `insert into bank.customers (id, first_name, last_name, email) values ($1, 'Bench', 'Customer', 'bench@example.com')`,
    [customer],
  );
  await pool.query(insertAccounts, [accounts, customer]);
  await pool.query(insertRates);
  await pool.query(insertTransactions);
  await pool.query(insertPostings);
}

import type { Pool } from 'pg';

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

/**
 * Enters what each account holds, or owes, as its first deposit or withdrawal, at the moment of its opening. Their ids are those of the accounts
 * but for the first eight digits, which must not be `0198d5f1`.
 */
export async function postOpeningEntries(pool: Pool): Promise<void> {
  await pool.query(insertTransactions);
  await pool.query(insertPostings);
}

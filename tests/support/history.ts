import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** A payment of the past. */
export interface PastPayment {
  from: string;
  to: string;
  amount?: string;
  at: string | Date;
  ip?: string;
  by?: string;
  status?: 'COMPLETED' | 'FAILED';
}

const insertPayment = `
  with entry as (
    insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
      failure_code, initiated_by, metadata, created_at, completed_at)
    values ($1::uuid, 'TXN-PAST-' || $1::uuid, 'TRANSFER', $2, $3, $4, 'USD', $5::text, case when $5::text = 'FAILED' then 'INSUFFICIENT_FUNDS' end, $6,
      jsonb_build_object('ip', $7::text), $8::timestamptz, case when $5::text = 'COMPLETED' then $8::timestamptz end)
    returning *
  )
  insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at, value_date)
  select entry.id, line.account_id, line.amount, 'USD', 0, 0, entry.created_at, entry.created_at::date
    from entry, lateral (values (entry.from_account_id, -entry.amount), (entry.to_account_id, entry.amount)) line (account_id, amount)
   where entry.status = 'COMPLETED'`;

/** Writes payments into the journal as if they had been made at those times. Balances stay as they are. */
export async function payInThePast(pool: Pool, payments: PastPayment[]): Promise<void> {
  for (const { from, to, amount = '10.00', at, ip = null, by = randomUUID(), status = 'COMPLETED' } of payments) {
    await pool.query(insertPayment, [randomUUID(), from, to, amount, status, by, ip, at]);
  }
}

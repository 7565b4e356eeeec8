import type { Pool } from 'pg';

/** Cash that came into an account (below zero: went out of it) at a moment of the past. */
export interface PastPosting {
  at: string;
  amount: string;
  description?: string | null;
}

/**
 * Writes the whole past of an account on which nothing has happened yet: its opening, then its postings in their order, with the balances
 * and versions that they would have had. The books stay in balance.
 */
export async function writePast(
  pool: Pool,
  account: string,
  openedAt: string,
  postings: readonly PastPosting[],
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('update bank.accounts set created_at = $2, updated_at = $2 where id = $1', [account, openedAt]);
    // Where the account pays, the books keep its postings with the sign that they have here.
    await client.query(insertPostings, [account, JSON.stringify(postings)]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

const insertPostings = `
  with account as (select * from bank.accounts where id = $1),
  listed as (
    select gen_random_uuid() as id, place, at, amount, description,
           sum(amount) over (order by place) as balance, account.version + place as version, account.currency
      from account, jsonb_array_elements($2::jsonb) with ordinality listed (posting, place),
           jsonb_to_record(posting) as given (at timestamptz, amount numeric, description text)
  ),
  entry as (
    insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
      description, initiated_by, metadata, created_at, completed_at)
    select id, 'TXN-PAST-' || id, case when amount < 0 then 'WITHDRAWAL' else 'DEPOSIT' end, case when amount < 0 then $1::uuid end,
           case when amount > 0 then $1::uuid end, abs(amount), currency, 'COMPLETED', description, gen_random_uuid(), '{}', at, at
      from listed
  ),
  line as (
    insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at)
    select listed.id, side.account_id, side.amount, listed.currency, side.balance, side.version, listed.at
      from listed join bank.internal_accounts cash on cash.code = 'CASH' and cash.currency = listed.currency,
      lateral (values ($1::uuid, listed.amount, listed.balance, listed.version), (cash.id, -listed.amount, null, null))
        side (account_id, amount, balance, version)
  )
  update bank.accounts set balance = last.balance, version = last.version, updated_at = last.at
    from (select * from listed order by place desc limit 1) last
   where accounts.id = $1`;

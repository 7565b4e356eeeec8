import type { Pool } from 'pg';
import { accountIdSql, customerIdSql, customers } from './ids.ts';

/** Accounts with a long history in every bank: those that are measured, so that only the size of the bank differs. */
export const watchedAccounts = 100;
const watchedRounds = 300;

/** Postings of a bank without history: the opening of each account, which has two. */
const openingPostings = (accounts: number) => 2 * accounts;
const days = 80;
const parts = 20;

/** What a bank of so many accounts has at the least: its openings, and what has moved on the watched accounts. */
export function leastPostings(accounts: number): number {
  return openingPostings(accounts) + watchedRounds * watchedAccounts;
}

/**
 * In a round each account of a group takes part in one transfer: those with even numbers pay one with an odd number in the first round, are
 * paid back by another in the second, and so on. So a balance after a round and an account's version are known without counting.
 * The groups: $1, the watched ones, and all others, in $2 rounds; this is part $3. The history begins at $4.
 */
const insertPart = `
  with movement as materialized (
    select ('0198d5f2-' || case when first = 0 then '0000' else '0001' end || '-7000-8000-' || lpad(to_hex(round * 100000 + pair), 12, '0'))::uuid as id,
           first + 2 * pair as even, first + 2 * ((pair + round) % pairs) + 1 as odd, round, round % 2 = 1 as forth,
           $4::timestamptz + interval '${days} days' * (round::double precision / rounds) as at
      from (values (0, ${watchedAccounts / 2}, ${watchedRounds}),
                   (${watchedAccounts}, ($1::integer - ${watchedAccounts}) / 2, $2::integer)) party (first, pairs, rounds),
           generate_series(rounds * $3::integer / ${parts} + 1, rounds * ($3::integer + 1) / ${parts}) round,
           generate_series(0, pairs - 1) pair
     order by at
  ), entry as (
    select id, round, at, case when forth then even else odd end as payer, case when forth then odd else even end as payee,
           1000000 - case when forth then 1 else 0 end as payer_has, 1000000 + case when forth then 1 else 0 end as payee_has
      from movement
  ), journal as (
    insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
      initiated_by, metadata, created_at, completed_at)
    select id, bank.new_transaction_ref(at), 'TRANSFER', ${accountIdSql('payer')}, ${accountIdSql('payee')}, 1, 'USD', 'COMPLETED',
           ${customerIdSql(`payer % ${customers}`)}, '{"ip": "198.51.100.7", "session_id": "bench", "user_agent": "bench"}', at, at
      from entry
  )
  insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at, value_date)
  select id, ${accountIdSql('account')}, amount, 'USD', balance, round + 1, at, at::date
    from entry, lateral (values (payer, -1, payer_has), (payee, 1, payee_has)) line (account, amount, balance)`;

/** Rounds are even in number, so that every balance is what it was. */
const adjustVersions = `
  update bank.accounts set version = case when id < ${accountIdSql(`${watchedAccounts}`)} then ${watchedRounds + 1} else $1::integer + 1 end`;

/**
 * Gives a filled bank so many postings, or a few less, over the last 85 to 5 days; the number of accounts is even. The watched accounts have
 * the same history whatever the others have, spread among theirs.
 */
export async function fillHistory(
  pool: Pool,
  { accounts, postings }: { accounts: number; postings: number },
  progress: (line: string) => void,
): Promise<void> {
  const rounds = 2 * Math.floor((postings - leastPostings(accounts)) / (accounts - watchedAccounts) / 2);
  const begin = new Date(Date.now() - 85 * 86_400_000).toISOString();
  for (let part = 0; part < parts; part += 1) {
    await pool.query(insertPart, [accounts, rounds, part, begin]);
    if (rounds > 0) progress(`filling the bank: part ${part + 1} of ${parts}`);
  }
  await pool.query(adjustVersions, [rounds]);
  await pool.query('vacuum analyze');
}

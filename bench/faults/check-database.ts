import type { Pool } from 'pg';

/** A completed transaction, as it stands in the journal. */
export interface Booked {
  id: string;
  from: string | null;
  to: string | null;
  /** A whole number. */
  cents: string;
}

/** What the set-up of a run calls its transactions, which no client asked for. */
export const openingDescription = 'Opening';

/** The completed transactions of some accounts, by description, which the clients made their operations' keys. */
export async function bookedTransactions(database: Pool, accounts: readonly string[]): Promise<Map<string, Booked[]>> {
  const { rows } = await database.query<Booked & { key: string }>(
    `select description as key, id, from_account_id as "from", to_account_id as "to", trunc(amount * 100)::text as cents
       from bank.transactions where status = 'COMPLETED' and description is distinct from $1 and (from_account_id = any($2) or to_account_id = any($2))`,
    [openingDescription, accounts],
  );
  return Map.groupBy(rows, ({ key }) => key);
}

const faults = `
  select 'the postings of transaction ' || transaction_id || ' do not sum to zero' as fault
    from bank.postings group by transaction_id, currency having sum(amount) <> 0
  union all
  select 'the postings in ' || currency || ' come to ' || sum(amount) from bank.postings group by currency having sum(amount) <> 0
  union all
  select 'transaction ' || entry.id || ' is ' || entry.status || ' and has ' || count(line.account_id) || ' postings'
    from bank.transactions entry left join bank.postings line on line.transaction_id = entry.id
   group by entry.id having count(line.account_id) <> case when entry.status = 'COMPLETED' then 2 else 0 end
  union all
  select 'account ' || account.id || ' holds ' || account.balance || ' and its postings come to ' || coalesce(sum(line.amount), 0)
    from bank.accounts account left join bank.postings line on line.account_id = account.id
   group by account.id having account.balance <> coalesce(sum(line.amount), 0)
  union all
  select 'account ' || id || ' is below its limit' from bank.accounts where balance + overdraft_limit < 0
  union all
  select 'event ' || id || ' has not been processed' from bank.events where processed_at is null
  union all
  select 'event ' || entry.id || ' was audited ' || count(log.id) || ' times'
    from bank.events entry left join bank.audit_logs log on log.id = entry.id group by entry.id having count(log.id) <> 1
  union all
  select 'the audit has row ' || log.id || ' of no event'
    from bank.audit_logs log left join bank.events entry on entry.id = log.id where entry.id is null
  union all
  select 'transaction ' || entry.id || ' has ' || count(happened.id) || ' events'
    from bank.transactions entry
    left join bank.events happened on happened.aggregate_id = entry.id and happened.type in ('TransactionPosted', 'TransactionRefused')
   group by entry.id having count(happened.id) <> 1`;

/** What is true of every ledger, outbox and audit at rest, and is not of this one: a sentence each. */
export async function readFaults(database: Pool): Promise<string[]> {
  const { rows } = await database.query<{ fault: string }>(faults);
  return rows.map(({ fault }) => fault);
}

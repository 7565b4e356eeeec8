import { Client } from 'pg';
import type { DemoAccount } from './fill.ts';
import { type Payment, paymentsOf } from './payments.ts';

/**
 * Writes payments of the past: the journal, its postings with running balances, and the events that the audit will have of them.
 * The bank's own functions date everything by the clock, as they must; so this is the one place that writes past them, and it only
 * ever touches accounts on which nothing has happened yet. `$1`: payments; `$2`: the accounts.
 */
const writeHistory = `
  with zone as (select time_zone from bank.fraud_settings),
  fresh as (
    select account.* from bank.accounts account
     where account.id = any ($2) and not exists (select from bank.postings line where line.account_id = account.id)
  ),
  payment as (
    select source, destination, amount, description,
           ((clock_timestamp() at time zone zone.time_zone)::date - days_ago + clock) at time zone zone.time_zone
             + row_number() over (order by days_ago desc, clock) * interval '1 second' as at
      from jsonb_to_recordset($1) as listed (days_ago integer, clock time, source uuid, destination uuid, amount numeric, description text), zone
     where (select count(*) from fresh) = cardinality($2::uuid[])
  ),
  entry as (
    insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status, description,
      initiated_by, metadata, created_at, completed_at)
    select bank.uuid_v7(), bank.new_transaction_ref(payment.at), case when source is null then 'DEPOSIT' else 'TRANSFER' end, source, destination,
           payment.amount, owner.currency, 'COMPLETED', payment.description, owner.customer_id, '{}', payment.at, payment.at
      from payment join fresh owner on owner.id = coalesce(payment.source, payment.destination)
    returning *
  ),
  line as (
    select entry.id, side.account_id, side.amount, entry.currency, entry.created_at,
           sum(side.amount) over history as balance_after, 1 + count(*) over history as version
      from entry
      join bank.internal_accounts cash on cash.code = 'CASH' and cash.currency = entry.currency,
      lateral (values (coalesce(entry.from_account_id, cash.id), -entry.amount), (entry.to_account_id, entry.amount)) side (account_id, amount)
    window history as (partition by side.account_id order by entry.created_at rows unbounded preceding)
  ),
  posted as (
    insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at, value_date)
    select line.id, line.account_id, line.amount, line.currency, case when line.account_id = any ($2) then line.balance_after end,
           case when line.account_id = any ($2) then line.version end, line.created_at, (line.created_at at time zone zone.time_zone)::date
      from line, zone
  ),
  told as (
    insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at)
    select bank.uuid_v7(), 'TransactionPosted', 1, 'transaction', entry.id,
           jsonb_build_object('id', entry.initiated_by, 'roles', jsonb_build_array('customer')),
           '{"ip": null, "user_agent": null, "session_id": null, "request_id": null}',
           bank.transaction_json(entry, 'COMPLETED') || jsonb_build_object(
             'from_balance', (select bank.money_text(line.balance_after, line.currency) from line where line.id = entry.id and line.account_id = entry.from_account_id),
             'to_balance', (select bank.money_text(line.balance_after, line.currency) from line where line.id = entry.id and line.account_id = entry.to_account_id)),
           clock_timestamp()
      from entry
  ),
  rated as (
    insert into bank.interest_rates (account_id, valid_from, account_version, rate)
    select fresh.id, min((line.created_at at time zone zone.time_zone)::date), fresh.version, fresh.interest_rate
      from fresh join line on line.account_id = fresh.id, zone
     group by fresh.id, fresh.version, fresh.interest_rate
    on conflict do nothing
  )
  update bank.accounts account
     set balance = history.balance, version = history.version, created_at = history.first - interval '1 minute', updated_at = history.last
    from (
      select account_id, sum(amount) as balance, max(version) as version, min(created_at) as first, max(created_at) as last
        from line group by account_id
    ) history
   where account.id = history.account_id`;

/**
 * Gives the demo accounts the past that the fraud rules expect of customers: some payments, by night too, so that a newcomer's first
 * transfer is nothing unusual at any hour. Accounts that have moved money already are left as they are.
 */
export async function writeDemoHistory(databaseUrl: string, accounts: readonly DemoAccount[]): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const payments: Payment[] = paymentsOf(accounts);
    await client.query(writeHistory, [JSON.stringify(payments), accounts.map(account => account.id)]);
  } finally {
    await client.end();
  }
}

-- Posts entries of a job, at most one for each account, all in one statement: the balances, and for each a transaction, its two postings and
-- an event, as post_entry writes them. The accounts are locked, and the amounts fit them. What is added comes from one internal account,
-- what is taken goes to another. There is no key to claim: whoever calls has written a row that there can only be one of.
-- The events are sent by the relay: there may be thousands.
create or replace function bank.post_scheduled(
  entries bank.scheduled_entry[], transaction_type text, paid_from text, paid_to text, description text, value_date date
) returns void
language plpgsql as $$
declare
  at timestamptz := clock_timestamp();
  caller jsonb := bank.system_caller();
  caller_id uuid := caller ->> 'id';
  metadata jsonb := bank.transaction_metadata(caller);
  actor jsonb := jsonb_build_object('id', caller -> 'id', 'roles', caller -> 'roles');
  context constant jsonb := '{"request_id": null, "ip": null, "user_agent": null, "session_id": null}';
  id_prefix text := left(bank.uuid_v7()::text, 15);
  common bank.transactions;
  template jsonb;
begin
  -- What all of them have in common is put into JSON once.
  common.transaction_type := transaction_type;
  common.created_at := at;
  common.completed_at := at;
  template := bank.transaction_json(common, 'COMPLETED') - 'description';

  with moved as (
    update bank.accounts account
       set balance = account.balance + entry.amount, version = account.version + 1, updated_at = at
      from unnest(entries) entry
     where account.id = entry.account_id
    returning account.id, account.currency, account.balance, account.version, entry.transaction_id, entry.amount,
              bank.new_transaction_ref(at) as transaction_ref,
              case when entry.amount < 0 then account.id end as from_id, case when entry.amount > 0 then account.id end as to_id
  ), journal as (
    insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
      description, initiated_by, metadata, created_at, completed_at)
    select moved.transaction_id, moved.transaction_ref, post_scheduled.transaction_type, moved.from_id, moved.to_id, abs(moved.amount),
           moved.currency, 'COMPLETED', post_scheduled.description, caller_id, metadata, at, at
      from moved
  ), lines as (
    insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at, value_date)
    select moved.transaction_id, line.account_id, line.amount, moved.currency, line.balance_after, line.account_version, at, post_scheduled.value_date
      from moved
      join bank.internal_accounts internal
        on internal.code = case when moved.amount > 0 then paid_from else paid_to end and internal.currency = moved.currency,
      lateral (values (moved.id, moved.amount, moved.balance, moved.version), (internal.id, -moved.amount, null, null))
        line (account_id, amount, balance_after, account_version)
  )
  insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at)
  select bank.uuid_beside(id_prefix), 'TransactionPosted', 1, 'transaction', moved.transaction_id, actor, context,
         template || jsonb_build_object(
           'id', moved.transaction_id,
           'transaction_ref', moved.transaction_ref,
           'from_account_id', moved.from_id,
           'to_account_id', moved.to_id,
           'amount', bank.money_text(abs(moved.amount), moved.currency),
           'currency', moved.currency,
           'from_balance', case when moved.amount < 0 then bank.money_text(moved.balance, moved.currency) end,
           'to_balance', case when moved.amount > 0 then bank.money_text(moved.balance, moved.currency) end), at
    from moved;
end $$;

-- Posts the transfers of a batch that nothing speaks against, all in a few statements: what post_entry does for one. The accounts are
-- locked and given as they are afterwards. Of very many, the relay sends the events: an answer has room for so many only.
create or replace function bank.post_entries(entries bank.batch_entry[], accounts bank.accounts[], at timestamptz) returns void
language plpgsql as $$
declare
  most_told constant integer := 200;
  caller jsonb := (entries[1]).movement.caller;
  caller_id uuid := (caller ->> 'id')::uuid;
  metadata jsonb := bank.transaction_metadata(caller);
  actor jsonb := jsonb_build_object('id', caller -> 'id', 'roles', caller -> 'roles');
  context jsonb := jsonb_build_object(
    'request_id', caller -> 'request_id', 'ip', caller -> 'ip', 'user_agent', caller -> 'user_agent', 'session_id', caller -> 'session_id');
  value_date date := bank.open_day(at);
  id_prefix text := left(bank.uuid_v7()::text, 15);
  common bank.transactions;
  template jsonb;
  told text;
begin
  -- What all of them have in common is put into JSON once.
  common.transaction_type := 'TRANSFER';
  common.created_at := at;
  common.completed_at := at;
  template := bank.transaction_json(common, 'COMPLETED') - 'description';

  update bank.accounts account set balance = moved.balance, version = moved.version, updated_at = at
    from unnest(accounts) moved where account.id = moved.id and account.version <> moved.version;

  insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
    description, initiated_by, metadata, created_at, completed_at)
  select (entry.movement).id, entry.transaction_ref, 'TRANSFER', (entry.movement).from_account_id, (entry.movement).to_account_id,
         (entry.movement).amount, entry.currency, 'COMPLETED', (entry.movement).description, caller_id, metadata, at, at
    from unnest(entries) entry;

  insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at, value_date)
  select (entry.movement).id, line.account_id, line.amount, entry.currency, line.balance_after, line.account_version, at, value_date
    from unnest(entries) entry,
    lateral (values
      ((entry.movement).from_account_id, -(entry.movement).amount, entry.source_balance, entry.source_version),
      ((entry.movement).to_account_id, (entry.movement).amount, entry.destination_balance, entry.destination_version))
      line (account_id, amount, balance_after, account_version);

  with written as (
    insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at)
    select bank.uuid_beside(id_prefix), 'TransactionPosted', 1, 'transaction', (entry.movement).id, actor, context,
           template || jsonb_build_object(
             'id', (entry.movement).id,
             'transaction_ref', entry.transaction_ref,
             'from_account_id', (entry.movement).from_account_id,
             'to_account_id', (entry.movement).to_account_id,
             'amount', bank.money_text((entry.movement).amount, entry.currency),
             'currency', entry.currency,
             'from_balance', bank.money_text(entry.source_balance, entry.currency),
             'to_balance', bank.money_text(entry.destination_balance, entry.currency))
             || bank.verdict_json(entry.verdict), at
      from unnest(entries) entry
    returning *
  )
  select string_agg(bank.event_json(row(few.*)::bank.events)::text, ',') into told from (select * from written limit most_told) few;
  perform set_config('bank.written_events', coalesce(nullif(current_setting('bank.written_events', true), '') || ',', '') || told, true);
end $$;

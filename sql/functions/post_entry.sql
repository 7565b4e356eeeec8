-- Writes a movement that nothing speaks against: both balances, the transaction, its two postings and the event.
-- What the fraud rules thought of it, if they were asked, is in the event and not in the answer. Its description, in which people write
-- about people, stays in the journal.
create or replace function bank.post_entry(movement bank.movement, source bank.accounts, destination bank.accounts, verdict jsonb) returns jsonb
language plpgsql as $$
declare
  -- Read after the locks were taken, so the postings of an account are in the order of its versions.
  at timestamptz := clock_timestamp();
  value_date date := coalesce(movement.value_date, bank.open_day(at));
  entry_currency text := coalesce(source.currency, destination.currency);
  internal_id uuid;
  entry bank.transactions;
  transaction jsonb;
begin
  if movement.internal_code is not null then
    select id into strict internal_id from bank.internal_accounts internal
     where internal.code = movement.internal_code and internal.currency = entry_currency;
  end if;

  -- Both are locked, so what is known of them still holds.
  update bank.accounts account
     set balance = account.balance + case when account.id = source.id then -movement.amount else movement.amount end,
         version = account.version + 1, updated_at = at
   where account.id in (source.id, destination.id);
  source.balance := source.balance - movement.amount;
  source.version := source.version + 1;
  destination.balance := destination.balance + movement.amount;
  destination.version := destination.version + 1;

  insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
    description, reverses_transaction_id, initiated_by, metadata, created_at, completed_at)
  values (movement.id, bank.new_transaction_ref(at), movement.transaction_type, movement.from_account_id, movement.to_account_id,
    movement.amount, entry_currency, 'COMPLETED', movement.description, movement.reverses_transaction_id,
    (movement.caller ->> 'id')::uuid, bank.transaction_metadata(movement.caller), at, at)
  returning * into entry;

  insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at, value_date)
  values
    (movement.id, coalesce(source.id, internal_id), -movement.amount, entry_currency, source.balance, source.version, at, value_date),
    (movement.id, coalesce(destination.id, internal_id), movement.amount, entry_currency, destination.balance, destination.version, at, value_date);
  if movement.value_date is not null then
    perform bank.note_revision(account.id, value_date, movement.id) from (values (source.id), (destination.id)) account (id) where account.id is not null;
  end if;

  transaction := bank.transaction_json(entry, 'COMPLETED');
  perform bank.record_event('TransactionPosted', 'transaction', movement.id, movement.caller, transaction - 'description' || jsonb_build_object(
    'from_balance', bank.money_text(source.balance, entry_currency),
    'to_balance', bank.money_text(destination.balance, entry_currency))
    || bank.verdict_json(verdict));

  return jsonb_build_object('transaction', transaction);
end $$;

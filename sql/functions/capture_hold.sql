-- Pays what a hold has set apart, all that is left of it or an amount, by a transfer like any other. A final capture ends the hold, and
-- what it leaves is free again; after one that is not, the rest stays held. The fraud rules were asked when the hold was placed: what they
-- said then is said of this transfer. It counts for the limit of transfers. Answers {"hold", "transaction"}.
create or replace function bank.capture_hold(
  capture_id uuid, hold_id uuid, to_account_id uuid, amount numeric, final boolean, description text, idempotency_key text, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array(
    'CAPTURE_HOLD', hold_id, to_account_id, trim_scale(amount)::text, final, description)::text, 'UTF8'));
  admission jsonb := bank.admit_transfer(caller, idempotency_key, capture_id, request_hash);
  answer jsonb := admission -> 'answer';
  refusal jsonb;
  hold bank.holds;
  account bank.accounts;
  source bank.accounts;
  destination bank.accounts;
  movement bank.movement;
begin
  if answer is not null then
    return answer;
  end if;
  select * into hold from bank.holds where id = hold_id;
  if not found then
    return bank.refusal('HOLD_NOT_FOUND', 'id');
  end if;

  -- The order of every movement. A hold changes only under its account's lock, so from here on it stands still.
  for account in
    select * from bank.accounts where id in (hold.account_id, capture_hold.to_account_id) order by id for no key update
  loop
    if account.id = hold.account_id then source := account; else destination := account; end if;
  end loop;
  source := bank.end_due_holds(source);
  select * into strict hold from bank.holds where id = hold_id;

  movement.id := capture_id;
  movement.transaction_type := 'TRANSFER';
  movement.from_account_id := hold.account_id;
  movement.to_account_id := capture_hold.to_account_id;
  -- Of a hold with nothing left, an amount is wanted all the same: for the record of the refusal.
  movement.amount := coalesce(capture_hold.amount, nullif(hold.amount - hold.captured, 0), hold.amount);
  movement.description := coalesce(capture_hold.description, hold.description);
  movement.caller := capture_hold.caller;

  refusal := bank.refuse_capture(hold, movement, source, destination);
  if refusal -> 'refusal' ->> 'code' in ('AMOUNT_NOT_REPRESENTABLE', 'INVALID_REQUEST') then
    return refusal; -- bad input changes nothing and spends no key
  elsif refusal is not null then
    answer := bank.record_refusal(movement, refusal, source, null);
  else
    answer := bank.post_capture(hold, movement, final, source, destination);
  end if;
  return bank.store_answer(caller, idempotency_key, capture_id, request_hash, answer) || admission;
end $$;

-- Sets money of an account apart until it is captured or released, or the hold expires: after 7 days unless the caller says when.
-- A hold is a promise to pay, so what is asked of a transfer is asked now: whether the money is there, and what the fraud rules think. One
-- that is refused is recorded as a FAILED transfer that names nobody who is paid. Answers {"hold"}.
create or replace function bank.place_hold(
  hold_id uuid, account_id uuid, amount numeric, expires_at timestamptz, description text, idempotency_key text, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  most_open constant integer := 100;
  request_hash bytea := sha256(convert_to(
    jsonb_build_array('HOLD', account_id, trim_scale(amount)::text, expires_at, description)::text, 'UTF8'));
  answer jsonb := bank.admit_command(caller, idempotency_key, hold_id, request_hash);
  movement bank.movement;
  account bank.accounts;
  at timestamptz;
  refusal jsonb;
  verdict jsonb;
  hold bank.holds;
begin
  if answer is not null then
    return answer;
  end if;

  select * into account from bank.accounts where id = place_hold.account_id for no key update;
  account := bank.end_due_holds(account);
  at := clock_timestamp();
  if expires_at <= at or expires_at > at + interval '90 days' then
    return bank.refuse_input('expires_at', 'must be in the future, at most 90 days from now');
  end if;

  movement.id := hold_id;
  movement.transaction_type := 'TRANSFER';
  movement.from_account_id := place_hold.account_id;
  movement.amount := place_hold.amount;
  movement.description := place_hold.description;
  movement.caller := place_hold.caller;

  refusal := bank.refuse_movement(movement, account, null);
  if refusal -> 'refusal' ->> 'code' = 'AMOUNT_NOT_REPRESENTABLE' then
    return refusal;
  elsif refusal is null and most_open <= (
    select count(*) from bank.holds open where open.account_id = account.id and open.status = 'OPEN'
  ) then
    return bank.refusal('TOO_MANY_HOLDS', 'account_id');
  elsif refusal is null then
    verdict := bank.weigh_transfer(movement);
    if bank.blocks_transfer(verdict) then
      perform bank.raise_alert(hold_id, account.id, verdict, caller);
      refusal := bank.refusal('FRAUD_BLOCKED');
    end if;
  end if;
  if refusal is not null then
    answer := bank.record_refusal(movement, refusal, account, verdict);
    return bank.store_answer(caller, idempotency_key, hold_id, request_hash, answer);
  end if;

  insert into bank.holds (id, account_id, amount, currency, description, verdict, placed_by, created_at, expires_at)
  values (hold_id, account.id, amount, account.currency, description, verdict, (caller ->> 'id')::uuid, at,
    coalesce(place_hold.expires_at, at + interval '7 days'))
  returning * into hold;
  update bank.accounts set held = held + hold.amount, version = version + 1, updated_at = at where id = account.id;
  perform bank.record_event('HoldPlaced', 'hold', hold.id, caller, bank.hold_facts(hold) || bank.verdict_json(verdict));
  return bank.store_answer(caller, idempotency_key, hold_id, request_hash, jsonb_build_object('hold', bank.hold_json(hold)));
end $$;

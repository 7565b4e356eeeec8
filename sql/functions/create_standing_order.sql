-- Makes a standing order on an account of the caller's; staff make one on any, on its owner's behalf. Whether the money will be there is
-- asked when it falls due. details: from_account_id, to_account_id, amount, description, frequency, start_date, end_date, count; what is
-- null in it is not asked for.
create or replace function bank.create_standing_order(order_id uuid, details jsonb, idempotency_key text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  most_open constant integer := 100;
  request_hash bytea := sha256(convert_to(
    jsonb_build_array('STANDING_ORDER', details || jsonb_build_object('amount', trim_scale((details ->> 'amount')::numeric)::text))::text, 'UTF8'));
  answer jsonb := bank.admit_command(caller, idempotency_key, order_id, request_hash);
  today date := bank.bank_date();
  start_date date := details ->> 'start_date';
  movement bank.movement;
  source bank.accounts;
  destination bank.accounts;
  item bank.standing_orders;
begin
  if answer is not null then
    return answer;
  elsif start_date < today or start_date > today + interval '1 year' then
    return bank.refuse_input('start_date', format('must be today, which is %s at the bank, or within a year from now', today));
  end if;

  -- Not locked: who owns an account and what currency it is in never change, and its status is asked again when the order falls due.
  select * into source from bank.accounts where id = (details ->> 'from_account_id')::uuid;
  select * into destination from bank.accounts where id = (details ->> 'to_account_id')::uuid;
  movement.transaction_type := 'TRANSFER';
  movement.from_account_id := details ->> 'from_account_id';
  movement.to_account_id := details ->> 'to_account_id';
  movement.amount := details ->> 'amount';
  movement.caller := create_standing_order.caller;
  answer := bank.refuse_movement(movement, source, destination);
  if answer -> 'refusal' ->> 'code' not in ('BALANCE_OUT_OF_RANGE', 'INSUFFICIENT_FUNDS') then
    return answer;
  end if;

  -- Locked, so that two requests at once can't both be the last one allowed.
  perform from bank.customers where id = source.customer_id for no key update;
  if most_open <= (
    select count(*) from bank.standing_orders open where open.customer_id = source.customer_id and open.due_date is not null
  ) then
    return bank.refusal('TOO_MANY_STANDING_ORDERS');
  end if;

  insert into bank.standing_orders (id, customer_id, from_account_id, to_account_id, amount, currency, description, frequency, start_date,
    end_date, occurrences, due_date, attempt_on, created_at, updated_at)
  values (order_id, source.customer_id, source.id, destination.id, movement.amount, source.currency, details ->> 'description',
    details ->> 'frequency', start_date, (details ->> 'end_date')::date, (details ->> 'count')::integer, start_date, start_date,
    clock_timestamp(), clock_timestamp())
  returning * into item;
  perform bank.record_event('StandingOrderCreated', 'standing_order', item.id, caller, bank.standing_order_facts(item));
  return bank.store_answer(caller, idempotency_key, order_id, request_hash, jsonb_build_object('standing_order', bank.standing_order_json(item)));
end $$;

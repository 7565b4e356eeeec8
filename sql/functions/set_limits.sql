-- Gives a customer rate limits of its own. They hold from its next request on, for what it has asked for already too.
create or replace function bank.set_limits(
  command_id uuid, customer_id uuid, transfers_per_minute integer, requests_per_hour integer, reason text, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array(
    'SET_LIMITS', customer_id, transfers_per_minute, requests_per_hour, reason)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  was jsonb;
  limits jsonb;
begin
  if answer is not null then
    return answer;
  end if;

  -- Locked, so that each of two changes at once names the values that it replaced.
  perform from bank.customers where id = set_limits.customer_id for no key update;
  if not found then
    return bank.refusal('CUSTOMER_NOT_FOUND', 'id');
  end if;

  was := bank.limits_json(set_limits.customer_id);
  insert into bank.rate_limits (customer_id, transfers_per_minute, requests_per_hour)
  values (set_limits.customer_id, set_limits.transfers_per_minute, set_limits.requests_per_hour)
  on conflict on constraint rate_limits_customer_key do update
    set transfers_per_minute = excluded.transfers_per_minute, requests_per_hour = excluded.requests_per_hour, updated_at = clock_timestamp();
  limits := bank.limits_json(set_limits.customer_id);
  perform bank.record_event('LimitsChanged', 'customer', set_limits.customer_id, caller, jsonb_build_object(
    'old', bank.changed_fields(was, limits), 'new', bank.changed_fields(limits, was), 'reason', reason));
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('limits', limits));
end $$;

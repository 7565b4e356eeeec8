-- A customer's rate limits, its own or the default. For staff.
create or replace function bank.read_limits(customer_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
begin
  if refusal is not null then
    return refusal;
  elsif bank.is_self_service(caller) then
    return bank.refusal('FORBIDDEN');
  end if;
  perform from bank.customers where id = customer_id;
  if not found then
    return bank.refusal('CUSTOMER_NOT_FOUND', 'id');
  end if;
  return jsonb_build_object('limits', bank.limits_json(customer_id));
end $$;

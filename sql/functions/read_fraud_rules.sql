-- The fraud rules and what holds for all of them. For staff.
create or replace function bank.read_fraud_rules(caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
begin
  if refusal is not null then
    return refusal;
  elsif bank.is_self_service(caller) then
    return bank.refusal('FORBIDDEN');
  end if;
  return jsonb_build_object('fraud_rules', bank.fraud_rules_json());
end $$;

-- What is charged for what. For staff.
create or replace function bank.list_fee_rules(caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
begin
  if refusal is not null then
    return refusal;
  elsif bank.is_self_service(caller) then
    return bank.refusal('FORBIDDEN');
  end if;
  return jsonb_build_object('fee_rules', (
    select coalesce(jsonb_agg(bank.fee_rule_json(rule) order by rule.fee_type, rule.account_type, rule.currency), '[]')
      from bank.fee_rules rule));
end $$;

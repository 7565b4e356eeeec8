-- Changes what a fee costs, who is spared, and whether it is charged at all: from the next run on.
create or replace function bank.set_fee_rule(
  command_id uuid, rule_id uuid, amount numeric, minimum_balance numeric, enabled boolean, reason text, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array(
    'SET_FEE_RULE', rule_id, trim_scale(amount)::text, trim_scale(minimum_balance)::text, enabled, reason)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  was bank.fee_rules;
  rule bank.fee_rules;
begin
  if answer is not null then
    return answer;
  end if;

  select * into was from bank.fee_rules known where known.id = rule_id for no key update;
  if not found then
    return bank.refusal('FEE_RULE_NOT_FOUND', 'id');
  elsif not bank.amount_fits(set_fee_rule.amount, was.currency) then
    return bank.refusal('AMOUNT_NOT_REPRESENTABLE', 'amount');
  elsif not bank.amount_fits(set_fee_rule.minimum_balance, was.currency) then
    return bank.refusal('AMOUNT_NOT_REPRESENTABLE', 'minimum_balance');
  elsif set_fee_rule.minimum_balance is not null and was.fee_type <> 'MONTHLY_MAINTENANCE' then
    return bank.refusal('INVALID_REQUEST', 'minimum_balance');
  end if;

  update bank.fee_rules known
     set amount = set_fee_rule.amount, minimum_balance = set_fee_rule.minimum_balance, enabled = set_fee_rule.enabled,
         version = known.version + 1, updated_at = clock_timestamp()
   where known.id = rule_id returning * into rule;
  perform bank.record_event('FeeRuleChanged', 'fee_rule', rule.id, caller, jsonb_build_object(
    'old', bank.changed_fields(bank.fee_rule_json(was), bank.fee_rule_json(rule)),
    'new', bank.changed_fields(bank.fee_rule_json(rule), bank.fee_rule_json(was)), 'reason', reason));
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('fee_rule', bank.fee_rule_json(rule)));
end $$;

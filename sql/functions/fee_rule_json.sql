-- A rule of the fees as staff read it.
create or replace function bank.fee_rule_json(rule bank.fee_rules) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', rule.id,
    'fee_type', rule.fee_type,
    'account_type', rule.account_type,
    'currency', rule.currency,
    'amount', bank.money_text(rule.amount, rule.currency),
    'minimum_balance', bank.money_text(rule.minimum_balance, rule.currency),
    'enabled', rule.enabled,
    'version', rule.version,
    'updated_at', rule.updated_at)
$$;

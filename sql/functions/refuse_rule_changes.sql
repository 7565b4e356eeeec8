-- Why the fraud rules may not be changed so, or null: `rules` as set_fraud_rules takes them.
create or replace function bank.refuse_rule_changes(rules jsonb) returns jsonb
language plpgsql stable as $$
declare
  change record;
  known bank.fraud_rules;
  refusal jsonb;
begin
  for change in
    select wanted.value, format('rules.%s', wanted.ordinality - 1) as path from jsonb_array_elements(rules) with ordinality wanted
  loop
    select * into known from bank.fraud_rules where rule = change.value ->> 'rule';
    if not found then
      return bank.refuse_input(change.path || '.rule',
        'must be one of ' || (select string_agg(rule, ', ' order by phase, rule) from bank.fraud_rules));
    end if;
    refusal := bank.refuse_parameters(known, change.value -> 'parameters', change.path || '.parameters');
    if refusal is not null then
      return refusal;
    end if;
  end loop;
  return null;
end $$;

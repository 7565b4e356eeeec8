-- The fraud rules, as fraud_rules_json has them, as one row of fields: the settings, and each rule under its name.
create or replace function bank.fraud_rules_by_name(rules jsonb) returns jsonb
language sql immutable as $$
  select rules -> 'settings' || jsonb_build_object('version', rules -> 'version')
      || (select jsonb_object_agg(rule ->> 'rule', rule - '{rule,phase,updated_at}'::text[]) from jsonb_array_elements(rules -> 'rules') rule)
$$;

-- What the rules of the gate, or the one that is named, have to say to a transfer at a moment: [{"rule", "score"}]. Raises what a rule raises.
create or replace function bank.ask_rules(
  account_id uuid, amount numeric, actor uuid, ip text, at timestamptz, only_rule text default null
) returns jsonb
language plpgsql as $$
declare
  rule record;
  score integer;
  spoken jsonb := '[]';
begin
  for rule in
    select gate.rule as name, gate.parameters, settings.time_zone
      from bank.fraud_rules gate, bank.fraud_settings settings
     where gate.phase = 'GATE' and gate.enabled and (only_rule is null or gate.rule = only_rule)
  loop
    score := bank.ask_rule(rule.name, rule.parameters, rule.time_zone, account_id, amount, actor, ip, at);
    if score > 0 then
      spoken := spoken || jsonb_build_object('rule', rule.name, 'score', score);
    end if;
  end loop;
  return spoken;
end $$;

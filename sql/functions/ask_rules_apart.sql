-- As ask_rules, but a rule that fails is in the answer, {"rule", "score": 0, "error"}, and keeps no other from being asked.
create or replace function bank.ask_rules_apart(account_id uuid, amount numeric, actor uuid, ip text, at timestamptz) returns jsonb
language plpgsql as $$
declare
  rule record;
  score integer;
  spoken jsonb := '[]';
begin
  for rule in
    select gate.rule as name, gate.parameters, settings.time_zone
      from bank.fraud_rules gate, bank.fraud_settings settings where gate.phase = 'GATE' and gate.enabled
  loop
    begin
      score := bank.ask_rule(rule.name, rule.parameters, rule.time_zone, account_id, amount, actor, ip, at);
      if score > 0 then
        spoken := spoken || jsonb_build_object('rule', rule.name, 'score', score);
      end if;
    exception
      when serialization_failure or deadlock_detected then
        raise;
      when others then
        raise warning 'fraud rule % failed: % (%)', rule.name, sqlerrm, sqlstate;
        spoken := spoken || jsonb_build_object('rule', rule.name, 'score', 0, 'error', sqlstate);
    end;
  end loop;
  return spoken;
end $$;

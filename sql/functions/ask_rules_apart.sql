-- As ask_rules, but a rule that fails is in the answer, {"rule", "score": 0, "error"}, and keeps no other from being asked.
create or replace function bank.ask_rules_apart(account_id uuid, amount numeric, actor uuid, ip text, at timestamptz) returns jsonb
language plpgsql as $$
declare
  name text;
  spoken jsonb := '[]';
begin
  for name in select gate.rule from bank.fraud_rules gate where gate.phase = 'GATE' and gate.enabled loop
    begin
      spoken := spoken || bank.ask_rules(account_id, amount, actor, ip, at, name);
    exception
      when serialization_failure or deadlock_detected then
        raise;
      when others then
        raise warning 'fraud rule % failed: % (%)', name, sqlerrm, sqlstate;
        spoken := spoken || jsonb_build_object('rule', name, 'score', 0, 'error', sqlstate);
    end;
  end loop;
  return spoken;
end $$;

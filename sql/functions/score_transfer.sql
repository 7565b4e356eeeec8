-- What the rules of the gate make of a transfer at a moment: the verdict of those that have something to say.
-- The source account is locked, so no other transfer can slip in between these readings and the posting.
create or replace function bank.score_transfer(account_id uuid, amount numeric, actor uuid, ip text, at timestamptz) returns jsonb
language plpgsql as $$
declare
  rule record;
  score integer;
  spoken jsonb := '[]';
begin
  for rule in select definition.rule as name, definition.parameters from bank.fraud_rules definition where definition.phase = 'GATE' and definition.enabled
  loop
    begin
      score := case rule.name
        when 'VELOCITY' then bank.fraud_velocity(rule.parameters, account_id, at)
        when 'AMOUNT_ANOMALY' then bank.fraud_amount_anomaly(rule.parameters, account_id, amount, at)
        when 'NIGHT_TIME' then bank.fraud_night_time(rule.parameters, account_id, at, (select time_zone from bank.fraud_settings))
        when 'LOCATION' then bank.fraud_location(rule.parameters, account_id, actor, ip, at)
      end;
      if score is null then
        raise exception 'the rule gave no score';
      elsif score > 0 then
        spoken := spoken || jsonb_build_object('rule', rule.name, 'score', score);
      end if;
    exception
      when serialization_failure or deadlock_detected then
        raise; -- not the rule's fault: the whole call is sent again
      when others then
        raise warning 'fraud rule % failed: % (%)', rule.name, sqlerrm, sqlstate;
        spoken := spoken || jsonb_build_object('rule', rule.name, 'score', 0, 'error', sqlstate);
    end;
  end loop;
  return bank.verdict_of(spoken);
end $$;

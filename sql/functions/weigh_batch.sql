-- What the rules of the gate make of each transfer of a batch, in its order: an array of verdicts. A batch is one act: each transfer is
-- compared with the past as it was before the batch, which is read once for an account, but VELOCITY counts the transfers before it.
-- If anything fails, each is weighed by itself: a rule that fails is named then.
create or replace function bank.weigh_batch(movements bank.movement[], at timestamptz) returns jsonb[]
language plpgsql as $$
declare
  caller jsonb := (movements[1]).caller;
  actor uuid := (caller ->> 'id')::uuid;
  ip text := caller ->> 'ip';
  sources uuid[] := array(select distinct movement.from_account_id from unnest(movements) movement);
  rule record;
  known jsonb := '{}';
  moved integer[];
  usual bank.usual_amounts[];
  score integer;
  spoken jsonb;
  verdicts jsonb[] := '{}';
  movement bank.movement;
  place integer;
begin
  for rule in
    select gate.rule as name, gate.parameters, settings.time_zone
      from bank.fraud_rules gate, bank.fraud_settings settings where gate.phase = 'GATE' and gate.enabled
  loop
    if rule.name = 'VELOCITY' then
      moved := array(select bank.recent_movements(rule.parameters, source, at) from unnest(sources) with ordinality as listed (source, n) order by n);
    elsif rule.name = 'AMOUNT_ANOMALY' then
      usual := array(select bank.usual_amounts(rule.parameters, source, at) from unnest(sources) with ordinality as listed (source, n) order by n);
    end if;
    -- What the other rules say is the same for all transfers of an account.
    known := known || jsonb_build_object(rule.name, case
      when rule.name in ('VELOCITY', 'AMOUNT_ANOMALY') then rule.parameters
      else (select jsonb_agg(bank.ask_rule(rule.name, rule.parameters, rule.time_zone, source, null, actor, ip, at) order by n)
              from unnest(sources) with ordinality as listed (source, n))
    end);
  end loop;

  foreach movement in array movements loop
    place := array_position(sources, movement.from_account_id);
    spoken := '[]';
    for rule in select key as name, value from jsonb_each(known) loop
      score := case rule.name
        when 'VELOCITY' then bank.velocity_score(rule.value, moved[place])
        when 'AMOUNT_ANOMALY' then bank.amount_score(rule.value, usual[place], movement.amount)
        else (rule.value ->> place - 1)::integer
      end;
      if score > 0 then
        spoken := spoken || jsonb_build_object('rule', rule.name, 'score', score);
      end if;
    end loop;
    verdicts := verdicts || bank.verdict_of(spoken);
    moved[place] := moved[place] + 1;
    place := array_position(sources, movement.to_account_id);
    if place is not null then
      moved[place] := moved[place] + 1;
    end if;
  end loop;
  return verdicts;
exception
  when serialization_failure or deadlock_detected then
    raise; -- not a rule's fault: the whole call is sent again
  when others then
    return array(
      select bank.score_transfer(listed.from_account_id, listed.amount, actor, ip, at) from unnest(movements) with ordinality as listed order by listed.ordinality);
end $$;

-- What one rule of the gate makes of a transfer at a moment, by its name: a score.
create or replace function bank.ask_rule(
  rule text, parameters jsonb, time_zone text, account_id uuid, amount numeric, actor uuid, ip text, at timestamptz
) returns integer
language plpgsql stable as $$
declare
  score integer := case rule
    when 'VELOCITY' then bank.fraud_velocity(parameters, account_id, at)
    when 'AMOUNT_ANOMALY' then bank.fraud_amount_anomaly(parameters, account_id, amount, at)
    when 'NIGHT_TIME' then bank.fraud_night_time(parameters, account_id, at, time_zone)
    when 'LOCATION' then bank.fraud_location(parameters, account_id, actor, ip, at)
  end;
begin
  if score is null then
    raise exception 'the rule gave no score';
  end if;
  return score;
end $$;

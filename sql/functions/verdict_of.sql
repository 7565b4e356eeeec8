-- What rules together make of a transfer: {"score", "outcome", "rules"}. Scores add up to at most 100. A rule that could not answer
-- counts as much as one that wants it looked at first: the gate fails closed.
create or replace function bank.verdict_of(rules jsonb) returns jsonb
language plpgsql stable as $$
declare
  settings bank.fraud_settings;
  score integer;
begin
  if rules = '[]' then
    return '{"score": 0, "rules": [], "outcome": "APPROVE"}'; -- less than any outcome may begin at
  end if;
  select * into strict settings from bank.fraud_settings;
  select least(100, greatest(coalesce(sum((rule ->> 'score')::integer), 0),
                             case when bool_or((rule ->> 'error') is not null) then settings.block_from else 0 end))
    into score
    from jsonb_array_elements(rules) rule;
  return jsonb_build_object('score', score, 'rules', rules, 'outcome', case
    when score >= settings.alert_from then 'BLOCK_AND_ALERT'
    when score >= settings.block_from then 'BLOCK_PENDING_REVIEW'
    when score >= settings.review_from then 'FLAG_FOR_REVIEW'
    when score >= settings.monitor_from then 'MONITOR'
    else 'APPROVE'
  end);
end $$;

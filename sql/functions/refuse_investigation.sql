-- Why an alert may not be worked on, or null. Nobody decides about money of their own, and what is decided stays decided.
create or replace function bank.refuse_investigation(alert bank.fraud_alerts, investigator uuid, caller jsonb) returns jsonb
language plpgsql stable as $$
begin
  if alert.id is null then
    return bank.refusal('ALERT_NOT_FOUND', 'id');
  elsif bank.has_part_in_alert(alert, (caller ->> 'id')::uuid) then
    return bank.refusal('FORBIDDEN', 'id');
  elsif bank.has_part_in_alert(alert, investigator) then
    return bank.refusal('FORBIDDEN', 'investigator');
  elsif alert.status in ('RESOLVED', 'FALSE_POSITIVE') then
    return bank.refusal('WRONG_STATUS', 'id');
  end if;
  return null;
end $$;

-- Closes an alert, RESOLVED or FALSE_POSITIVE, and says why. Who closes one that nobody investigates has investigated it. After a false
-- alarm the transfer that was stopped may be sent again. Saying the same twice changes nothing and leaves one event.
create or replace function bank.resolve_fraud_alert(command_id uuid, alert_id uuid, resolution text, notes text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array('RESOLVE_FRAUD_ALERT', alert_id, resolution, notes)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  at timestamptz;
  alert bank.fraud_alerts;
  was jsonb;
  became jsonb;
begin
  if answer is not null then
    return answer;
  end if;

  select * into alert from bank.fraud_alerts where id = alert_id for no key update;
  was := bank.fraud_alert_json(alert);
  answer := bank.refuse_investigation(alert, null, caller);
  if answer -> 'refusal' ->> 'code' = 'WRONG_STATUS' and alert.status = resolution and alert.resolution_notes = notes then
    return jsonb_build_object('alert', was);
  elsif answer is not null then
    return answer;
  end if;

  at := clock_timestamp();
  update bank.fraud_alerts as kept
     set status = resolution, resolution_notes = notes, investigator = coalesce(kept.investigator, (caller ->> 'id')::uuid),
         resolved_at = at, version = kept.version + 1, updated_at = at
   where kept.id = alert_id returning * into alert;
  if resolution = 'FALSE_POSITIVE' then
    perform bank.grant_allowance(alert);
  end if;
  became := bank.fraud_alert_json(alert);
  perform bank.record_alert_change('FraudAlertResolved', was, became, caller);
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('alert', became));
end $$;

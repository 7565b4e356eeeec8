-- Gives an alert that is not closed to an investigator, whoever had it before. Saying so twice changes nothing and leaves one event.
create or replace function bank.assign_fraud_alert(command_id uuid, alert_id uuid, investigator uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array('ASSIGN_FRAUD_ALERT', alert_id, investigator)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  alert bank.fraud_alerts;
  was jsonb;
  became jsonb;
begin
  if answer is not null then
    return answer;
  end if;

  select * into alert from bank.fraud_alerts where id = alert_id for no key update;
  answer := bank.refuse_investigation(alert, investigator, caller);
  if answer is not null then
    return answer;
  end if;

  was := bank.fraud_alert_json(alert);
  became := was;
  if alert.investigator is distinct from assign_fraud_alert.investigator then
    update bank.fraud_alerts as kept
       set status = 'INVESTIGATING', investigator = assign_fraud_alert.investigator, version = kept.version + 1, updated_at = clock_timestamp()
     where kept.id = alert_id returning * into alert;
    became := bank.fraud_alert_json(alert);
    perform bank.record_alert_change('FraudAlertAssigned', was, became, caller);
  end if;
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('alert', became));
end $$;

-- Opens the alert of a transaction, or adds to it what was found since. One that staff have closed stays closed.
create or replace function bank.raise_alert(transaction_id uuid, account_id uuid, verdict jsonb, caller jsonb) returns void
language plpgsql as $$
declare
  at timestamptz := clock_timestamp();
  alert bank.fraud_alerts;
begin
  insert into bank.fraud_alerts as known (id, transaction_id, account_id, alert_type, risk_score, outcome, rules_triggered, created_at, updated_at)
  values (bank.uuid_v7(), transaction_id, account_id,
    (select rule ->> 'rule' from jsonb_array_elements(verdict -> 'rules') with ordinality as spoken (rule, place)
      order by (rule ->> 'score')::integer desc, place limit 1),
    (verdict ->> 'score')::smallint, verdict ->> 'outcome', verdict -> 'rules', at, at)
  on conflict on constraint fraud_alerts_transaction_id_key do update
    set alert_type = excluded.alert_type, risk_score = excluded.risk_score, outcome = excluded.outcome,
        rules_triggered = excluded.rules_triggered, version = known.version + 1, updated_at = at
  returning * into alert;
  perform bank.record_event('FraudAlertRaised', 'fraud_alert', alert.id, caller, jsonb_build_object(
    'transaction_id', transaction_id, 'account_id', account_id, 'alert_type', alert.alert_type, 'risk_score', alert.risk_score,
    'outcome', alert.outcome, 'rules', jsonb_path_query_array(alert.rules_triggered, '$[*].rule'), 'version', alert.version));
end $$;

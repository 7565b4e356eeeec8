-- An alert as staff read it. After a false alarm the same transfer may pass, once, until `allowed_until`.
create or replace function bank.fraud_alert_json(alert bank.fraud_alerts) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', alert.id,
    'transaction_id', alert.transaction_id,
    'account_id', alert.account_id,
    'customer_id', (select account.customer_id from bank.accounts account where account.id = alert.account_id),
    'alert_type', alert.alert_type,
    'risk_score', alert.risk_score,
    'outcome', alert.outcome,
    'rules_triggered', alert.rules_triggered,
    'status', alert.status,
    'investigator', alert.investigator,
    'resolution_notes', alert.resolution_notes,
    'allowed_until', (select allowance.expires_at from bank.fraud_allowances allowance where allowance.alert_id = alert.id),
    'version', alert.version,
    'created_at', alert.created_at,
    'updated_at', alert.updated_at,
    'resolved_at', alert.resolved_at)
$$;

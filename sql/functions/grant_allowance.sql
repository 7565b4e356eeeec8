-- After a false alarm that stopped a transfer: the same amount may pass between the same accounts, once, within a day (use_allowance).
-- What was only looked at has moved already.
create or replace function bank.grant_allowance(alert bank.fraud_alerts) returns void
language sql as $$
  insert into bank.fraud_allowances (alert_id, from_account_id, to_account_id, amount, expires_at)
  select alert.id, entry.from_account_id, entry.to_account_id, entry.amount, alert.resolved_at + interval '1 day'
    from bank.transactions entry
   where entry.id = alert.transaction_id and entry.failure_code = 'FRAUD_BLOCKED'
$$;

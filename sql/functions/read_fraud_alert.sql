-- An alert with what an investigator wants to see beside it: its transaction, its account as it is now, what the account saw before and
-- after, and its earlier alerts, each list newest first. For staff.
create or replace function bank.read_fraud_alert(alert_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  most constant integer := 10;
  refusal jsonb := bank.admit_caller(caller);
  alert bank.fraud_alerts;
  entry bank.transactions;
begin
  if refusal is not null then
    return refusal;
  elsif bank.is_self_service(caller) then
    return bank.refusal('FORBIDDEN');
  end if;
  select * into alert from bank.fraud_alerts where id = alert_id;
  if not found then
    return bank.refusal('ALERT_NOT_FOUND', 'id');
  end if;
  select * into strict entry from bank.transactions where id = alert.transaction_id;
  return jsonb_build_object(
    'alert', bank.fraud_alert_json(alert),
    'transaction', bank.transaction_json(entry, bank.transaction_status(entry)),
    'account', (select bank.account_json(account) from bank.accounts account where account.id = alert.account_id),
    'before', (
      select coalesce(jsonb_agg(bank.transaction_json(other, bank.transaction_status(other)) order by other.created_at desc, other.id desc), '[]')
        from bank.transactions_before(alert.account_id, entry, most) other),
    'after', (
      select coalesce(jsonb_agg(bank.transaction_json(other, bank.transaction_status(other)) order by other.created_at desc, other.id desc), '[]')
        from bank.transactions_after(alert.account_id, entry, most) other),
    'earlier_alerts', (
      select coalesce(jsonb_agg(bank.fraud_alert_json(earlier) order by earlier.created_at desc, earlier.id desc), '[]')
        from (
          select * from bank.fraud_alerts other
           where other.account_id = alert.account_id and (other.created_at, other.id) < (alert.created_at, alert.id)
           order by other.created_at desc, other.id desc limit most
        ) earlier));
end $$;

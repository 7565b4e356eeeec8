-- The event of what staff did about an alert, from what fraud_alert_json said of it before and says now: what changed, and what it is about.
create or replace function bank.record_alert_change(type text, was jsonb, became jsonb, caller jsonb) returns void
language plpgsql as $$
begin
  perform bank.record_event(type, 'fraud_alert', (became ->> 'id')::uuid, caller, jsonb_build_object(
    'transaction_id', became -> 'transaction_id',
    'account_id', became -> 'account_id',
    'customer_id', became -> 'customer_id',
    'old', bank.changed_fields(was, became),
    'new', bank.changed_fields(became, was)));
end $$;

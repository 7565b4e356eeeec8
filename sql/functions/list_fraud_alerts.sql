-- A page of the alerts that fit all filters, newest first, before a given one. For staff. Filters are fields of an alert, and "customer_id",
-- "min_score", "from" (that moment and later) and "to" (before it). Planned anew each time: what fits which index depends on what is asked.
create or replace function bank.list_fraud_alerts(
  filters jsonb, before_created_at timestamptz, before_id uuid, page_size integer, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  refusal jsonb := bank.admit_caller(caller);
  wanted bank.fraud_alerts;
  held uuid[];
begin
  if refusal is not null then
    return refusal;
  elsif bank.is_self_service(caller) then
    return bank.refusal('FORBIDDEN');
  end if;
  wanted := jsonb_populate_record(null::bank.fraud_alerts, filters);
  if filters ? 'customer_id' then
    held := array(select account.id from bank.accounts account where account.customer_id = (filters ->> 'customer_id')::uuid);
  end if;
  return jsonb_build_object('alerts', coalesce((
    select jsonb_agg(bank.fraud_alert_json(page) order by page.created_at desc, page.id desc)
      from (
        select alert.* from bank.fraud_alerts alert
         where (wanted.status is null or alert.status = wanted.status)
           and (wanted.account_id is null or alert.account_id = wanted.account_id)
           and (held is null or alert.account_id = any (held))
           and (wanted.outcome is null or alert.outcome = wanted.outcome)
           and (wanted.alert_type is null or alert.alert_type = wanted.alert_type)
           and (not filters ? 'min_score' or alert.risk_score >= (filters ->> 'min_score')::integer)
           and (not filters ? 'from' or alert.created_at >= (filters ->> 'from')::timestamptz)
           and (not filters ? 'to' or alert.created_at < (filters ->> 'to')::timestamptz)
           and (before_created_at is null or (alert.created_at, alert.id) < (before_created_at, before_id))
         order by alert.created_at desc, alert.id desc
         limit page_size
      ) page), '[]'));
end $$;

-- Why the settings of the fraud rules may not become these, or null.
create or replace function bank.refuse_fraud_settings(current bank.fraud_settings, wanted bank.fraud_settings) returns jsonb
language plpgsql stable as $$
begin
  if wanted.time_zone <> current.time_zone and not exists (select from pg_timezone_names where name = wanted.time_zone) then
    return bank.refuse_input('settings.time_zone', 'must be a time zone of the IANA database, such as "America/New_York"');
  elsif wanted.review_from <= wanted.monitor_from then
    return bank.refuse_input('settings.review_from', format('must be above monitor_from, which is %s', wanted.monitor_from));
  elsif wanted.block_from <= wanted.review_from then
    return bank.refuse_input('settings.block_from', format('must be above review_from, which is %s', wanted.review_from));
  elsif wanted.alert_from <= wanted.block_from then
    return bank.refuse_input('settings.alert_from', format('must be above block_from, which is %s', wanted.block_from));
  end if;
  return null;
end $$;

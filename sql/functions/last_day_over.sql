-- The last day that is over in the bank's time zone.
create or replace function bank.last_day_over() returns date
language sql stable as $$
  select (clock_timestamp() at time zone settings.time_zone)::date - 1 from bank.fraud_settings settings
$$;

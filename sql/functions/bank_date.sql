-- The day that it is at the bank.
create or replace function bank.bank_date(at timestamptz default clock_timestamp()) returns date
language sql stable as $$
  select (at at time zone settings.time_zone)::date from bank.fraud_settings settings
$$;

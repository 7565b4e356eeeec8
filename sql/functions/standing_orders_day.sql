-- The day whose standing orders may run at a moment: from six in the morning to midnight it is the bank's day, and no day before six. So
-- a schedule that comes every hour starts a day at six and catches up until midnight, and no customer is seen to pay by night.
create or replace function bank.standing_orders_day(at timestamptz) returns date
language sql stable as $$
  select case when extract(hour from at at time zone settings.time_zone) >= 6 then (at at time zone settings.time_zone)::date end
    from bank.fraud_settings settings
$$;

-- The day for which what moves at a moment counts: the day in the bank's time zone, or, once the books of that day are closed, the day
-- after the last one closed. In plpgsql for its kept plan: every movement asks.
create or replace function bank.open_day(at timestamptz default clock_timestamp()) returns date
language plpgsql stable as $$
begin
  return greatest(
    (at at time zone (select settings.time_zone from bank.fraud_settings settings))::date,
    (select max(closing.through) + 1 from bank.closings closing));
end $$;

-- The moment at which a month, named by its first day, ends in a time zone: the midnight at which the next one begins.
create or replace function bank.month_end(month date, time_zone text) returns timestamptz
language sql stable as $$
  select (month + interval '1 month') at time zone time_zone
$$;

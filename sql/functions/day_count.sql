-- For how much of a year the night after a day counts: {days, basis}, so that a day's interest is balance * rate * days / basis.
-- ACT/365 (fixed) and ACT/360 count every day, 29 February too, over a year of 365 or 360 days: ISDA 2006 Definitions §4.16(d), (e).
-- 30/360 is its European form, §4.16(g): a month's 31st counts as its 30th, so every month has 30 days. Of the forms in use it is the one
-- in which the days of a period, taken one by one, come to the days of the period: 28 February counts for three where there is no 29th.
create or replace function bank.day_count(convention text, day date) returns smallint[]
language sql immutable as $$
  select case convention
    when 'ACT/365' then array[1, 365]
    when 'ACT/360' then array[1, 360]
    when '30/360' then array[
      (360 * (extract(year from day + 1) - extract(year from day)) + 30 * (extract(month from day + 1) - extract(month from day))
       + least(extract(day from day + 1), 30) - least(extract(day from day), 30)), 360]
  end::smallint[]
$$;

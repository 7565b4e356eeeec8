-- The due date of a standing order that so many come before. All are counted from the first: an order begun on the 31st is due on the last
-- day of a shorter month, and on the 31st again after it.
create or replace function bank.due_date_of(start_date date, frequency text, number integer) returns date
language sql immutable as $$
  select (start_date + case frequency
    when 'DAILY' then make_interval(days => number)
    when 'WEEKLY' then make_interval(weeks => number)
    when 'MONTHLY' then make_interval(months => number)
  end)::date
$$;

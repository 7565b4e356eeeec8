-- A moment before which nothing was posted that counts for a later day than this one. Such a posting was made when that later day had begun,
-- by the clock or because the books of this one were closed. 14 hours are the most that a time zone is ahead of UTC.
create or replace function bank.first_posted_after(day date) returns timestamptz
language sql stable as $$
  select least(
    (day + 1)::timestamp at time zone 'UTC' - interval '14 hours',
    (select min(closing.closed_at) from bank.closings closing where closing.through >= day))
$$;

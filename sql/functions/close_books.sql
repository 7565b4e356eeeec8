-- Closes the books of all days through one, by default the last that is over; of those that are not, at most so many are closed early.
-- From then on what moves counts for a later day. Answers {"through"}, or {"through": null, "latest"} where the day may not be closed yet.
create or replace function bank.close_books(through date, days_ahead integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  latest date := bank.last_day_over() + days_ahead;
  wanted date := coalesce(close_books.through, bank.last_day_over());
begin
  if wanted > latest then
    return jsonb_build_object('through', null, 'latest', latest);
  end if;
  insert into bank.closings (through, closed_at)
  select wanted, clock_timestamp()
   where wanted > coalesce((select max(closing.through) from bank.closings closing), '-infinity')
  on conflict do nothing;
  return jsonb_build_object('through', wanted);
end $$;

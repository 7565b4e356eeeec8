-- Cuts all accounts into ranges of so many, by id, as a run's parts. Answers how many. Accounts opened from now on are not in a run for a day
-- that is closed.
create or replace function bank.make_parts(run_id uuid, part_size integer) returns integer
language plpgsql as $$
declare
  part integer := 0;
  first uuid := (select account.id from bank.accounts account order by account.id limit 1);
  last uuid;
begin
  while first is not null loop
    -- One step through the index for each part: numbering a million accounts would take longer than some of the work.
    last := coalesce(
      (select account.id from bank.accounts account where account.id > first order by account.id offset part_size - 2 limit 1),
      (select account.id from bank.accounts account order by account.id desc limit 1));
    insert into bank.job_parts (run_id, part, from_id, to_id) values (make_parts.run_id, part, first, last);
    part := part + 1;
    first := (select account.id from bank.accounts account where account.id > last order by account.id limit 1);
  end loop;
  return part;
end $$;

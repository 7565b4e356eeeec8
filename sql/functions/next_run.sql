-- The first step that is not completed on the way to a job's run for a date: {"job", "run_date"}, or null when there is none.
-- There is one order for all: by day, then by the job's place in it, from the day on which the bank opened its first account. No step
-- begins before the one before it is completed, so what a job posts for the next day is in the balance of that day, however late it runs.
create or replace function bank.next_run(wanted text, through date) returns jsonb
language plpgsql stable as $$
declare
  wanted_place smallint := (select definition.place from bank.jobs definition where definition.job = wanted);
  last_date date;
  last_place smallint;
begin
  select run.run_date, definition.place into last_date, last_place
    from bank.job_runs run join bank.jobs definition on definition.job = run.job
   where run.status = 'COMPLETED'
   order by run.run_date desc, definition.place desc limit 1;
  if not found then
    select min(first.valid_from), 0 into last_date, last_place from bank.interest_rates first;
  end if;
  return (
    select jsonb_build_object('job', definition.job, 'run_date', step.day::date)
      from generate_series(last_date, least(last_date + 1, through), interval '1 day') step (day), bank.jobs definition
     where (step.day, definition.place) > (last_date, last_place)
       and (step.day, definition.place) <= (through, wanted_place)
       and (not definition.monthly or extract(day from step.day + interval '1 day') = 1)
     order by step.day, definition.place
     limit 1);
end $$;

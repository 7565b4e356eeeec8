-- A job's run for a date: the one that is there, or a new one with its parts. One without parts is completed at once.
create or replace function bank.make_run(wanted text, run_date date) returns bank.job_runs
language plpgsql as $$
declare
  definition bank.jobs;
  run bank.job_runs;
begin
  select * into strict definition from bank.jobs where job = wanted;
  -- Of two that make it at once, one waits here for the other's commit.
  insert into bank.job_runs (id, job, run_date, parts) values (bank.uuid_v7(), wanted, make_run.run_date, 0) on conflict do nothing
  returning * into run;
  if run.id is null then
    select * into strict run from bank.job_runs known where known.job = wanted and known.run_date = make_run.run_date for no key update;
    if run.status = 'FAILED' then
      update bank.job_runs set status = 'RUNNING', taken_at = null where id = run.id returning * into run;
    end if;
    return run;
  end if;

  if bank.job_has_work(wanted) then
    run.parts := bank.make_parts(run.id, definition.part_size);
  end if;
  if run.parts = 0 then
    return bank.complete_run(run.id, null);
  end if;
  update bank.job_runs set parts = run.parts where id = run.id returning * into run;
  return run;
end $$;

-- Does one part of a run and marks it done, in one commit. Done before, it answers what was done then. Two that are given the same part
-- at once: one waits for the other. Whoever does the last one completes the run.
-- Answers {"run", "closed": whether this part completed it, now or before}.
create or replace function bank.run_job_part(run_id uuid, part integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  work bank.job_parts;
  run bank.job_runs;
begin
  select * into strict work from bank.job_parts known where known.run_id = run_job_part.run_id and known.part = run_job_part.part for no key update;
  select * into strict run from bank.job_runs known where known.id = run_job_part.run_id;

  if work.finished_at is null then
    work.counts := case run.job
      when 'accrue-interest' then bank.accrue_interest(run.run_date, work.from_id, work.to_id)
      when 'capitalise-interest' then bank.capitalise_interest(run.run_date, work.from_id, work.to_id)
      when 'charge-fees' then bank.charge_fees(run.run_date, work.from_id, work.to_id)
    end;
    update bank.job_parts known set counts = work.counts, finished_at = clock_timestamp()
     where known.run_id = work.run_id and known.part = work.part;

    -- Taken at the very end: parts that end at once look one after another whether theirs was the last.
    select * into strict run from bank.job_runs known where known.id = run_job_part.run_id for no key update;
    if not exists (select from bank.job_parts known where known.run_id = run_job_part.run_id and known.finished_at is null) then
      run := bank.complete_run(run.id, work.part);
    end if;
  end if;
  return jsonb_build_object('run', bank.job_run_json(run), 'closed', run.status = 'COMPLETED' and run.last_part = work.part);
end $$;

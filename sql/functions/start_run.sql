-- The next run on the way to a job's run for a date, made or found: {"run", "open_parts": […]}; {"run": null} when all are completed. Those
-- on the way in which there was nothing to do are completed at once: {"passed": […]}. "taken" says that somebody else took the run's parts
-- to hand them out, so lately that it may be at it still.
-- Started twice, at once or after a crash, it is the same run: what is done of it stays done, and a run that failed goes on.
create or replace function bank.start_run(wanted text, through date) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  step jsonb;
  run bank.job_runs;
  passed jsonb := '[]';
  taken boolean;
begin
  perform bank.await_writers();
  loop
    step := bank.next_run(wanted, through);
    if step is null then
      return jsonb_build_object('run', null, 'open_parts', '[]'::jsonb, 'passed', passed, 'taken', false);
    end if;
    run := bank.make_run(step ->> 'job', (step ->> 'run_date')::date);
    exit when run.status <> 'COMPLETED';
    passed := passed || bank.job_run_json(run);
  end loop;
  taken := coalesce(run.taken_at > clock_timestamp() - interval '5 minutes', false);
  if not taken then
    update bank.job_runs set taken_at = clock_timestamp() where id = run.id;
  end if;
  return jsonb_build_object(
    'taken', taken,
    'passed', passed,
    'run', bank.job_run_json(run),
    'open_parts', (select coalesce(jsonb_agg(part.part order by part.part), '[]')
                     from bank.job_parts part where part.run_id = run.id and part.finished_at is null));
end $$;

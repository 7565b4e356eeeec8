-- Notes that a part of a run failed, and with which words. The run goes on when it is started again, or when the part succeeds after all.
create or replace function bank.fail_run(run_id uuid, failure text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  run bank.job_runs;
begin
  select * into strict run from bank.job_runs known where known.id = run_id for no key update;
  if run.status <> 'COMPLETED' then
    update bank.job_runs set status = 'FAILED', failure = fail_run.failure where id = run.id returning * into run;
    perform bank.record_event('JobFailed', 'job_run', run.id, bank.system_caller(), bank.job_run_json(run));
  end if;
  return jsonb_build_object('run', bank.job_run_json(run));
end $$;

-- A run as operators read it. The duration is in milliseconds; null while it runs.
create or replace function bank.job_run_json(run bank.job_runs) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', run.id,
    'job', run.job,
    'run_date', run.run_date,
    'status', run.status,
    'parts', run.parts,
    'counts', run.counts,
    'failure', run.failure,
    'started_at', run.started_at,
    'finished_at', run.finished_at,
    'duration_ms', round(extract(epoch from run.finished_at - run.started_at) * 1000)::bigint)
$$;

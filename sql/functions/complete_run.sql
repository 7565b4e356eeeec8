-- Ends a run whose parts are all done, the last of them now: its counts are theirs together, and an event says so.
create or replace function bank.complete_run(run_id uuid, last_part integer) returns bank.job_runs
language plpgsql as $$
declare
  run bank.job_runs;
begin
  update bank.job_runs
     set status = 'COMPLETED', last_part = complete_run.last_part, finished_at = clock_timestamp(), counts = (
       select coalesce(jsonb_object_agg(total.key, total.sum), '{}')
         from (select each.key, sum(each.value::bigint) as sum
                 from bank.job_parts part, jsonb_each_text(part.counts) each
                where part.run_id = complete_run.run_id
                group by each.key) total)
   where id = run_id
  returning * into run;
  perform bank.record_event('JobCompleted', 'job_run', run.id, bank.system_caller(), bank.job_run_json(run));
  return run;
end $$;

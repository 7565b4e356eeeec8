-- What became of one due date of a standing order, as callers read it.
create or replace function bank.standing_order_run_json(run bank.standing_order_runs) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'due_date', run.due_date,
    'status', run.status,
    'failure_code', run.failure_code,
    'transaction_id', run.transaction_id,
    'attempts', run.attempts,
    'attempted_at', run.attempted_at)
$$;

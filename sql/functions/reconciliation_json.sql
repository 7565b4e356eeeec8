-- A run of the reconciliation as callers see it in a list: how much it compared, and how much did not agree.
create or replace function bank.reconciliation_json(entry bank.reconciliations) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', entry.id,
    'started_at', entry.started_at,
    'finished_at', entry.finished_at,
    'accounts', entry.accounts,
    'transactions', entry.transactions,
    'postings', entry.postings,
    'differences', entry.differences,
    'outcome', entry.outcome)
$$;

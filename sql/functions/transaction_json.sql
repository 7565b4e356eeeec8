-- A transaction as callers read it. Its status is REVERSED once a completed transaction reverses it: a fact of that other
-- row, so the one reversed need not change.
create or replace function bank.transaction_json(entry bank.transactions, status text) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', entry.id,
    'transaction_ref', entry.transaction_ref,
    'transaction_type', entry.transaction_type,
    'from_account_id', entry.from_account_id,
    'to_account_id', entry.to_account_id,
    'amount', bank.money_text(entry.amount, entry.currency),
    'currency', entry.currency,
    'status', status,
    'failure_code', entry.failure_code,
    'description', entry.description,
    'reverses_transaction_id', entry.reverses_transaction_id,
    'created_at', entry.created_at,
    'completed_at', entry.completed_at)
$$;

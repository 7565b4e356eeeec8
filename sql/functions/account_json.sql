-- An account as callers read it: a hold that has expired no longer counts, whether or not it has been ended yet.
create or replace function bank.account_json(account bank.accounts) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', account.id,
    'account_number', account.account_number,
    'customer_id', account.customer_id,
    'account_type', account.account_type,
    'balance', bank.money_text(account.balance, account.currency),
    'held', bank.money_text(now.held, account.currency),
    'available_balance', bank.money_text(account.balance + account.overdraft_limit - now.held, account.currency),
    'currency', account.currency,
    'status', account.status,
    'interest_rate', account.interest_rate::text,
    'overdraft_limit', bank.money_text(account.overdraft_limit, account.currency),
    'version', account.version,
    'created_at', account.created_at,
    'updated_at', account.updated_at)
    from bank.without_due_holds(account) now
$$;

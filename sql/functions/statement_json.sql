-- A statement's figures as callers read them. Only one that is closed is final.
create or replace function bank.statement_json(statement bank.statements, account bank.accounts) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'account_id', account.id,
    'account_type', account.account_type,
    'account_last4', right(account.account_number, 4),
    'currency', account.currency,
    'period', to_char(statement.period, 'YYYY-MM'),
    'begins_at', statement.begins_at,
    'ends_at', statement.ends_at,
    'time_zone', statement.time_zone,
    'final', statement.closed_at is not null,
    'opening_balance', bank.money_text(statement.opening_balance, account.currency),
    'total_in', bank.money_text(statement.total_in, account.currency),
    'total_out', bank.money_text(statement.total_out, account.currency),
    'closing_balance', bank.money_text(statement.closing_balance, account.currency),
    'line_count', statement.line_count)
$$;

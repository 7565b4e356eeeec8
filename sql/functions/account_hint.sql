-- An account as its owner recognises it, and nobody else: its type and the last four digits of its number.
create or replace function bank.account_hint(account bank.accounts) returns jsonb
language sql immutable as $$
  select jsonb_build_object('account_type', account.account_type, 'last4', right(account.account_number, 4))
$$;

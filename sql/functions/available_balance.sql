-- What an account can pay now.
create or replace function bank.available_balance(account bank.accounts) returns numeric
language sql stable as $$
  select account.balance + account.overdraft_limit
$$;

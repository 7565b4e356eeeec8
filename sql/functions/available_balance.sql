-- What an account can pay now: what no open hold has set apart. Who decides by it has locked the account and ended its expired holds.
create or replace function bank.available_balance(account bank.accounts) returns numeric
language sql stable as $$
  select account.balance + account.overdraft_limit - account.held
$$;

-- An account as it is once its expired holds have been ended, for who only reads it. Nothing is written.
create or replace function bank.without_due_holds(account bank.accounts) returns bank.accounts
language plpgsql stable as $$
declare
  at timestamptz := clock_timestamp();
begin
  if account.held > 0 then
    account.held := account.held - coalesce((
      select sum(due.amount - due.captured) from bank.holds due
       where due.account_id = account.id and due.status = 'OPEN' and due.expires_at <= at), 0);
  end if;
  return account;
end $$;

-- The statement of a month of an account, named by its first day: the one that was closed, or what an open month comes to so far. Null for
-- a month that the account does not have. Months that are over are closed first, so what was once told as final stays as it is.
create or replace function bank.find_statement(account bank.accounts, month date) returns bank.statements
language plpgsql as $$
declare
  statement bank.statements;
begin
  perform bank.close_months(account);
  select * into statement from bank.statements where account_id = account.id and period = month;
  if not found and month in (select bank.open_months(account)) then
    statement := bank.draft_statement(account, month);
  end if;
  return statement;
end $$;

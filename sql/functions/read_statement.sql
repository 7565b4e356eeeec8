-- A page of the statement of an account's month, which is named by its first day, if the caller may see the account.
create or replace function bank.read_statement(
  account_id uuid, month date, through_version bigint, after_id uuid, page_size integer, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
  account bank.accounts;
  statement bank.statements;
begin
  if refusal is not null then
    return refusal;
  end if;
  select * into account from bank.accounts where id = account_id;
  if not found then
    return bank.refusal('ACCOUNT_NOT_FOUND', 'id');
  elsif not bank.may_use_account(account, caller) then
    return bank.refusal('NOT_YOUR_ACCOUNT', 'id');
  end if;
  statement := bank.find_statement(account, month);
  if statement.account_id is null then
    return bank.refusal('STATEMENT_NOT_FOUND', 'period');
  end if;
  return bank.statement_page(statement, account, through_version, after_id, page_size);
end $$;

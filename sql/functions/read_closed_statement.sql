-- A page of a closed statement, for whoever archives it.
create or replace function bank.read_closed_statement(account_id uuid, month date, after_id uuid, page_size integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  account bank.accounts;
  statement bank.statements;
begin
  select * into account from bank.accounts where id = account_id;
  select * into statement from bank.statements closed where closed.account_id = account.id and closed.period = month;
  if not found then
    return bank.refusal('STATEMENT_NOT_FOUND', 'period');
  end if;
  return bank.statement_page(statement, account, null, after_id, page_size);
end $$;

-- An account's statements, newest first, one page of them that begin before a given moment, if the caller may see the account.
create or replace function bank.list_statements(account_id uuid, before timestamptz, page_size integer, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
  account bank.accounts;
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
  perform bank.close_months(account);
  return jsonb_build_object('statements', coalesce((
    select jsonb_agg(bank.statement_json(page, account) order by page.begins_at desc)
      from (
        select known.* from (
          select closed.* from bank.statements closed where closed.account_id = account.id
          union all
          select draft.* from bank.open_months(account) month, bank.draft_statement(account, month) draft
        ) known
         where before is null or known.begins_at < before
         order by known.begins_at desc
         limit page_size
      ) page), '[]'));
end $$;

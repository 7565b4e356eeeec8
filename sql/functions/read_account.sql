-- One account, if the caller may see it.
create or replace function bank.read_account(account_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp stable as $$
declare
  account bank.accounts;
begin
  select * into account from bank.accounts where id = account_id;
  if not found then
    return bank.refusal('ACCOUNT_NOT_FOUND', 'id');
  elsif not bank.may_use_account(account, caller) then
    return bank.refusal('NOT_YOUR_ACCOUNT', 'id');
  end if;
  return jsonb_build_object('account', bank.account_json(account));
end $$;

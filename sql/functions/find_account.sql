-- One account as its reader sees it, {"account": …}, or why the caller may not.
create or replace function bank.find_account(account_id uuid, caller jsonb) returns jsonb
language plpgsql stable as $$
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

-- One hold as its reader sees it, {"hold": …}, or why the caller may not.
create or replace function bank.find_hold(hold_id uuid, caller jsonb) returns jsonb
language plpgsql stable as $$
declare
  hold bank.holds;
begin
  select * into hold from bank.holds where id = hold_id;
  if not found then
    return bank.refusal('HOLD_NOT_FOUND', 'id');
  elsif not exists (
    select from bank.accounts account where account.id = hold.account_id and bank.may_use_account(account, caller)
  ) then
    return bank.refusal('NOT_YOUR_ACCOUNT', 'id');
  end if;
  return jsonb_build_object('hold', bank.hold_json(hold));
end $$;

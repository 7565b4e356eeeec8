-- One account, if the caller may see it. Its expired holds are ended first: what is read would otherwise change under the same version,
-- and so under the same ETag.
create or replace function bank.read_account(account_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  at timestamptz := clock_timestamp();
  answer jsonb := coalesce(bank.admit_caller(caller), bank.find_account(account_id, caller));
  account bank.accounts;
begin
  if answer ? 'account' and exists (
    select from bank.holds due where due.account_id = read_account.account_id and due.status = 'OPEN' and due.expires_at <= at
  ) then
    select * into strict account from bank.accounts where id = read_account.account_id for no key update;
    account := bank.end_due_holds(account);
    return jsonb_build_object('account', bank.account_json(account));
  end if;
  return answer;
end $$;

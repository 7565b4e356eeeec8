-- One account, if the caller may see it.
create or replace function bank.read_account(account_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
begin
  if refusal is not null then
    return refusal;
  end if;
  return bank.find_account(account_id, caller);
end $$;

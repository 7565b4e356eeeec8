-- Lets a frozen account move again; with four eyes, for somebody else than who froze it.
create or replace function bank.unfreeze_account(command_id uuid, account_id uuid, reason text, four_eyes boolean, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_account_status(command_id, account_id, 'FROZEN', 'ACTIVE', 'AccountUnfrozen', reason, four_eyes, caller);
end $$;

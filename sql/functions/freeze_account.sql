-- Stops all movement of an active account.
create or replace function bank.freeze_account(command_id uuid, account_id uuid, reason text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_account_status(command_id, account_id, 'ACTIVE', 'FROZEN', 'AccountFrozen', reason, false, caller);
end $$;

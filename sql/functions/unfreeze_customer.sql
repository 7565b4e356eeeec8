-- Lets a frozen customer in again.
create or replace function bank.unfreeze_customer(command_id uuid, customer_id uuid, reason text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_customer_status(command_id, customer_id, 'FROZEN', 'ACTIVE', 'CustomerUnfrozen', reason, caller);
end $$;

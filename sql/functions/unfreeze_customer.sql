-- Lets a frozen customer in again; with four eyes, for somebody else than who froze it.
create or replace function bank.unfreeze_customer(command_id uuid, customer_id uuid, reason text, four_eyes boolean, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_customer_status(command_id, customer_id, 'FROZEN', 'ACTIVE', 'CustomerUnfrozen', reason, four_eyes, caller);
end $$;

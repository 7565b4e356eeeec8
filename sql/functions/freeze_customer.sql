-- Refuses everything that a customer asks, from its next call on (bank.refuse_caller).
create or replace function bank.freeze_customer(command_id uuid, customer_id uuid, reason text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_customer_status(command_id, customer_id, 'ACTIVE', 'FROZEN', 'CustomerFrozen', reason, false, caller);
end $$;

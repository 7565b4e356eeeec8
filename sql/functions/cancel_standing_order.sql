-- Ends a standing order for good.
create or replace function bank.cancel_standing_order(command_id uuid, order_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_standing_order(command_id, order_id, 'CANCELLED', 'StandingOrderCancelled', caller);
end $$;

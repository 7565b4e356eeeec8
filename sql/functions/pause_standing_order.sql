-- Stops a standing order until it is resumed: what falls due meanwhile is not paid later.
create or replace function bank.pause_standing_order(command_id uuid, order_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_standing_order(command_id, order_id, 'PAUSED', 'StandingOrderPaused', caller);
end $$;

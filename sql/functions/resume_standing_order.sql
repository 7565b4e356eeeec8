-- Lets a paused standing order run again, from the next due date on that is not over.
create or replace function bank.resume_standing_order(command_id uuid, order_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_standing_order(command_id, order_id, 'ACTIVE', 'StandingOrderResumed', caller);
end $$;

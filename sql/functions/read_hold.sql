-- One hold, if the caller may see it.
create or replace function bank.read_hold(hold_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return coalesce(bank.admit_caller(caller), bank.find_hold(hold_id, caller));
end $$;

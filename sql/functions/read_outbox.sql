-- How much nobody has processed yet, and for how many seconds the oldest of it has been waiting.
create or replace function bank.read_outbox() returns jsonb
language sql stable security definer set search_path = pg_catalog, bank, pg_temp as $$
  select jsonb_build_object(
    'depth', count(*),
    'lag_seconds', coalesce(floor(extract(epoch from clock_timestamp() - min(created_at)))::integer, 0))
    from bank.events where processed_at is null
$$;

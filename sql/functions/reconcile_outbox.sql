-- Whether every event has been processed within ten minutes. Answers {"differences", "findings"}: one for all that wait.
create or replace function bank.reconcile_outbox() returns jsonb
language sql stable security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
  select bank.findings_json(array(
    select row('outbox', 'event', (array_agg(id order by created_at, id))[1]::text,
               format('it is the oldest of %s that nobody has processed, from %s', count(*), min(created_at)))::bank.finding
      from bank.events
     where processed_at is null and created_at < clock_timestamp() - interval '10 minutes'
    having count(*) > 0))
$$;

-- Notes that events were sent again. Each time that did not help, the pause before the next is twice as long, an hour at most, so that
-- one which nobody can process does not fill the dead-letter queue.
create or replace function bank.mark_relayed(event_ids jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  relayed integer;
begin
  -- Locked in the order in which the worker locks them.
  with sent as (
    select id from bank.events
     where id in (select id::uuid from jsonb_array_elements_text(event_ids) id) and processed_at is null
     order by id for update
  )
  update bank.events entry
     set relays = least(entry.relays + 1, 1000),
         relay_after = clock_timestamp() + least(2 ^ least(entry.relays, 10), 60) * interval '1 minute'
    from sent where entry.id = sent.id;
  get diagnostics relayed = row_count;
  return jsonb_build_object('relayed', relayed);
end $$;

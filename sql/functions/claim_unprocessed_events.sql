-- Takes events that nobody has processed a minute after they happened, or by when they were due again, the oldest first, for a minute:
-- {"claimed": […]}. Two relays never take the same, and whoever dies with what it took leaves it to the next. The Data API answers
-- no more than 1 MiB.
create or replace function bank.claim_unprocessed_events(batch_size integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  at timestamptz := clock_timestamp();
  most_bytes constant integer := 800000;
  answer jsonb;
begin
  -- Each of the two is one range of the index, in its order: nulls first.
  with never_taken as (
    select entry from bank.events entry
     where processed_at is null and relay_after is null and created_at <= at - interval '1 minute'
     order by created_at limit batch_size
     for update skip locked
  ), due_again as (
    select entry from bank.events entry
     where processed_at is null and relay_after <= at
     order by relay_after nulls first limit batch_size
     for update skip locked
  ), due as (
    select (entry).id, (entry).created_at, bank.event_json(entry) as event
      from (select entry from never_taken union all select entry from due_again) found
     order by (entry).created_at, (entry).id limit batch_size
  ), claimed as (
    update bank.events set relay_after = at + interval '1 minute'
      from (select id, event, row_number() over age as place, sum(octet_length(event::text)) over age as bytes
              from due window age as (order by created_at, id)) sized
     where events.id = sized.id and (place = 1 or bytes <= most_bytes)
    returning sized.place, sized.event
  )
  select jsonb_build_object('claimed', coalesce(jsonb_agg(event order by place), '[]')) into answer from claimed;
  return answer;
end $$;

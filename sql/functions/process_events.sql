-- What the worker does about events, all of them or none: the audit's rows, what follows for suspicious transactions, notifications. Each
-- event is processed once, however often and in whatever order it is delivered.
-- findings is what the rules of the review found, [{"event_id", "findings"}]; null if they were not asked, and then posted transactions
-- are left as they are, and named. Answers {"processed", "skipped": processed before, "unreviewed", "unknown": no such event yet,
-- "notifications": how many}.
-- Plans are kept, those of what it calls too: every one is by keys, whatever the values, and made anew they cost more than they do.
create or replace function bank.process_events(event_ids jsonb, findings jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  wanted uuid[] := array(select distinct wanted.id::uuid from jsonb_array_elements_text(event_ids) wanted (id));
  fresh uuid[];
  entry bank.events;
  notifications integer := 0;
  answer jsonb;
begin
  -- One order for everybody: of two workers with the same events one waits, and then finds nothing to do.
  fresh := array(
    select id from bank.events
     where id = any (wanted) and processed_at is null and (findings is not null or type <> 'TransactionPosted')
     order by id for update);

  perform bank.record_audit(fresh);
  perform bank.follow_up_verdicts(fresh, findings);
  for entry in select * from bank.events where id = any (fresh) order by id loop
    notifications := notifications + bank.create_notifications(entry);
  end loop;

  -- An event that was committed while this waited is not known yet: it is delivered again.
  select jsonb_build_object(
      'processed', to_jsonb(fresh),
      'skipped', coalesce(jsonb_agg(wanted_id) filter (where known.processed_at is not null), '[]'),
      'unreviewed', coalesce(jsonb_agg(wanted_id) filter (where known.is_unreviewed), '[]'),
      'unknown', coalesce(jsonb_agg(wanted_id) filter (where known.processed_at is null and known.is_unreviewed is not true), '[]'),
      'notifications', notifications)
    into answer
    from unnest(wanted) wanted_id
    left join lateral (
      select event.processed_at, event.processed_at is null and event.type = 'TransactionPosted' and findings is null as is_unreviewed
        from bank.events event where event.id = wanted_id
    ) known on true
   where wanted_id <> all (fresh);

  update bank.events set processed_at = clock_timestamp() where id = any (fresh);
  return answer;
end $$;

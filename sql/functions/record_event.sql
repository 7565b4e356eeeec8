-- Writes one event into the outbox: what happened to which thing, who did it, and from where. It is noted, too, for with_events, until
-- the transaction ends.
create or replace function bank.record_event(type text, aggregate_type text, aggregate_id uuid, caller jsonb, data jsonb) returns void
language plpgsql as $$
declare
  entry bank.events;
begin
  insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at)
  values (
    bank.uuid_v7(), type, 1, aggregate_type, aggregate_id,
    jsonb_build_object('id', caller -> 'id', 'roles', caller -> 'roles'),
    jsonb_build_object('request_id', caller -> 'request_id', 'ip', caller -> 'ip', 'user_agent', caller -> 'user_agent', 'session_id', caller -> 'session_id'),
    data, clock_timestamp())
  returning * into entry;
  perform set_config('bank.written_events',
    coalesce(nullif(current_setting('bank.written_events', true), '') || ',', '') || bank.event_json(entry), true);
end $$;

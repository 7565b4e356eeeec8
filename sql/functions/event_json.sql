-- An event as it is sent: the form that docs/events describes.
create or replace function bank.event_json(entry bank.events) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', entry.id,
    'type', entry.type,
    'version', entry.version,
    'aggregate_type', entry.aggregate_type,
    'aggregate_id', entry.aggregate_id,
    'actor', entry.actor,
    'context', entry.context,
    'data', entry.data,
    'created_at', entry.created_at)
$$;

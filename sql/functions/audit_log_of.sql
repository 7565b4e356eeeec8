-- The row that the audit has for an event, but for when it was written: whoever writes a row, and whoever checks it, means this one.
create or replace function bank.audit_log_of(event bank.events, recorded_at timestamptz) returns bank.audit_logs
language sql stable as $$
  select row(
    event.id,
    event.type,
    event.version,
    event.aggregate_type,
    event.aggregate_id,
    (event.actor ->> 'id')::uuid,
    coalesce(nullif(event.actor -> 'roles', 'null'), '[]'),
    event.context ->> 'ip',
    event.context ->> 'user_agent',
    nullif(event.data -> 'old', 'null'),
    nullif(event.data -> 'new', 'null'),
    event.data - 'old' - 'new' || jsonb_build_object(
      'request_id', event.context -> 'request_id', 'session_id', event.context -> 'session_id'),
    event.created_at,
    recorded_at)::bank.audit_logs
$$;

-- The row that the audit has for an event, but for when it was written: whoever writes a row, and whoever checks it, means this one.
-- What was and what is: where an event has no such pair, what is, is what it tells. Why it was done, what the fraud rules made of it and
-- what else it says beside the pair go into the metadata.
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
    case when told.is_pair then nullif(event.data -> 'new', 'null') else nullif(told.rest, '{}') end,
    jsonb_strip_nulls(jsonb_build_object('request_id', event.context -> 'request_id', 'session_id', event.context -> 'session_id',
      'reason', event.data -> 'reason', 'fraud', event.data -> 'fraud')
      || case when told.is_pair then told.rest else '{}' end),
    event.created_at,
    recorded_at)::bank.audit_logs
    from (select event.data ? 'new' as is_pair, event.data - '{old,new,reason,fraud}'::text[] as rest) told
$$;

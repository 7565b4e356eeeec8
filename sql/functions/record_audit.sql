-- Writes the audit's row of each of these events. What was and what is: where an event has no such pair, what is, is what it tells.
-- Why it was done, what the fraud rules made of it and what else it says beside the pair go into the metadata.
create or replace function bank.record_audit(event_ids uuid[]) returns void
language sql volatile as $$
  insert into bank.audit_logs (id, action, version, entity_type, entity_id, actor_id, actor_roles, ip, user_agent,
    old_values, new_values, metadata, occurred_at)
  select entry.id, entry.type, entry.version, entry.aggregate_type, entry.aggregate_id,
    (entry.actor ->> 'id')::uuid, coalesce(nullif(entry.actor -> 'roles', 'null'), '[]'), entry.context ->> 'ip', entry.context ->> 'user_agent',
    nullif(entry.data -> 'old', 'null'),
    case when told.is_pair then nullif(entry.data -> 'new', 'null') else nullif(told.rest, '{}') end,
    jsonb_strip_nulls(jsonb_build_object('request_id', entry.context -> 'request_id', 'session_id', entry.context -> 'session_id',
      'reason', entry.data -> 'reason', 'fraud', entry.data -> 'fraud')
      || case when told.is_pair then told.rest else '{}' end),
    entry.created_at
    from bank.events entry,
         lateral (select entry.data ? 'new' as is_pair, entry.data - '{old,new,reason,fraud}'::text[] as rest) told
   where entry.id = any (event_ids)
   order by entry.id
$$;

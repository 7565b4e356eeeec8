-- A row of the audit as callers read it, and as seals hash it: what is added here changes the hash of every row that is not sealed yet,
-- and makes all others look altered. Its form is fixed (docs/AUDIT.md).
create or replace function bank.audit_log_json(entry bank.audit_logs) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', entry.id,
    'action', entry.action,
    'event_version', entry.version,
    'entity_type', entry.entity_type,
    'entity_id', entry.entity_id,
    'actor_id', entry.actor_id,
    'actor_roles', entry.actor_roles,
    'ip', entry.ip,
    'user_agent', entry.user_agent,
    'old_values', entry.old_values,
    'new_values', entry.new_values,
    'metadata', entry.metadata,
    'occurred_at', entry.occurred_at,
    'recorded_at', entry.recorded_at)
$$;

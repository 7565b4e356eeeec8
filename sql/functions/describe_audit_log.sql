-- What there is to tell of a row: what its event says or, without one, what the row itself says; null where there is neither.
create or replace function bank.describe_audit_log(audit_log_id uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
  select jsonb_build_object('about', coalesce(
    (select jsonb_build_object('entity_type', aggregate_type, 'entity_id', aggregate_id, 'action', type, 'occurred_at', created_at)
       from bank.events where id = audit_log_id),
    (select jsonb_build_object('entity_type', entity_type, 'entity_id', entity_id, 'action', action, 'occurred_at', occurred_at)
       from bank.audit_logs where id = audit_log_id)))
$$;

-- A page of the audit, newest first, before a given row: of what is asked for, or all of it. Rows are answered as texts, which keep every
-- digit of their numbers. Each call is planned for the filters that it has, so that the index of one of them gives the rows in order.
create or replace function bank.list_audit_logs(
  entity_type text, entity_id uuid, actor_id uuid, action text, from_time timestamptz, to_time timestamptz,
  before_occurred_at timestamptz, before_id uuid, page_size integer, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' set plan_cache_mode = force_custom_plan as $$
declare
  refusal jsonb := bank.admit_auditor(caller);
begin
  if refusal ? 'refusal' then
    return refusal;
  end if;
  return jsonb_build_object('audit_logs', coalesce((
    select jsonb_agg(bank.audit_log_json(page)::text order by page.occurred_at desc, page.id desc)
      from (
        select entry.* from bank.audit_logs entry
         where (list_audit_logs.entity_type is null or entry.entity_type = list_audit_logs.entity_type)
           and (list_audit_logs.entity_id is null or entry.entity_id = list_audit_logs.entity_id)
           and (list_audit_logs.actor_id is null or entry.actor_id = list_audit_logs.actor_id)
           and (list_audit_logs.action is null or entry.action = list_audit_logs.action)
           and (from_time is null or entry.occurred_at >= from_time)
           and (to_time is null or entry.occurred_at < to_time)
           and (before_id is null or (entry.occurred_at, entry.id) < (before_occurred_at, before_id))
         order by entry.occurred_at desc, entry.id desc
         limit page_size
      ) page), '[]'));
end $$;

-- One row of the audit, as a text that keeps every digit of its numbers, and the number of its seal, null while it has none.
create or replace function bank.read_audit_log(audit_log_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
declare
  refusal jsonb := bank.admit_auditor(caller);
  entry bank.audit_logs;
begin
  if refusal ? 'refusal' then
    return refusal;
  end if;
  select * into entry from bank.audit_logs where id = audit_log_id;
  if not found then
    return bank.refusal('AUDIT_LOG_NOT_FOUND', 'id');
  end if;
  return jsonb_build_object(
    'audit_log', bank.audit_log_json(entry)::text,
    'seal_number', (select leaf.seal_number from bank.audit_leaves leaf where leaf.audit_log_id = entry.id));
end $$;

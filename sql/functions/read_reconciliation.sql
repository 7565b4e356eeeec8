-- One run of the reconciliation, with the first of what it found. Nothing of it is for customers.
create or replace function bank.read_reconciliation(reconciliation_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
declare
  refusal jsonb := bank.admit_auditor(caller);
  entry bank.reconciliations;
begin
  if refusal ? 'refusal' then
    return refusal;
  end if;
  select * into entry from bank.reconciliations where id = reconciliation_id;
  if not found then
    return bank.refusal('RECONCILIATION_NOT_FOUND', 'id');
  end if;
  return jsonb_build_object('reconciliation', bank.reconciliation_json(entry) || jsonb_build_object('findings', entry.findings));
end $$;

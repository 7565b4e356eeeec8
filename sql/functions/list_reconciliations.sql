-- A page of the runs of the reconciliation, newest first, before a given one. Nothing of it is for customers.
create or replace function bank.list_reconciliations(before_started_at timestamptz, before_id uuid, page_size integer, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
declare
  refusal jsonb := bank.admit_auditor(caller);
begin
  if refusal ? 'refusal' then
    return refusal;
  end if;
  return jsonb_build_object('reconciliations', coalesce((
    select jsonb_agg(bank.reconciliation_json(page) order by page.started_at desc, page.id desc)
      from (
        select entry.* from bank.reconciliations entry
         where before_id is null or (entry.started_at, entry.id) < (before_started_at, before_id)
         order by entry.started_at desc, entry.id desc
         limit page_size
      ) page), '[]'));
end $$;

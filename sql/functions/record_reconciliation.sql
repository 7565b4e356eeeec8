-- Writes the report of a run, and what the next one compares with if it found no difference. Sent twice it is written once.
create or replace function bank.record_reconciliation(run_id uuid, started_at timestamptz, counts jsonb, findings jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
declare
  entry bank.reconciliations;
begin
  insert into bank.reconciliations (id, started_at, finished_at, accounts, transactions, postings, differences, outcome, findings)
  values (run_id, record_reconciliation.started_at, clock_timestamp(), (counts ->> 'accounts')::bigint, (counts ->> 'transactions')::bigint,
    (counts ->> 'postings')::bigint, (counts ->> 'differences')::bigint,
    case when (counts ->> 'differences')::bigint = 0 then 'CLEAN' else 'DIFFERENT' end, findings)
  on conflict (id) do nothing
  returning * into entry;
  if found then
    if entry.outcome = 'CLEAN' then
      perform bank.keep_internal_checkpoints();
    end if;
    perform bank.record_event('ReconciliationCompleted', 'reconciliation', entry.id, bank.system_caller(), bank.reconciliation_json(entry)
      || jsonb_build_object('checks', (select coalesce(jsonb_agg(distinct difference -> 'check'), '[]') from jsonb_array_elements(entry.findings) difference)));
  end if;
  return (select bank.reconciliation_json(written) || jsonb_build_object('findings', written.findings)
            from bank.reconciliations written where written.id = run_id);
end $$;

-- Compares the checkpoints of the internal accounts that come next after a moment with the postings since. Answers {"differences", "findings",
-- "next"}, where next is the moment of those checkpoints; null at the end. It is stable, as reconcile_accounts is.
create or replace function bank.reconcile_checkpoints(after_time timestamptz) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
declare
  to_time timestamptz := (select min(as_of) from bank.internal_checkpoints where after_time is null or as_of > after_time);
begin
  return jsonb_build_object('next', to_time)
    || bank.findings_json(array(select difference from bank.checkpoint_findings(after_time, to_time) difference));
end $$;

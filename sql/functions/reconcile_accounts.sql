-- Compares a page of accounts, by id, after a given one, with their postings, holds and closed statements. Answers {"accounts", "differences",
-- "findings", "next"}, where next is the account after which to go on; null at the end. It is stable: all of it sees the ledger as it was
-- when the call began, so that no movement that is under way looks like a difference.
create or replace function bank.reconcile_accounts(after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, bank, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  first_id constant uuid := coalesce(after_id, '00000000-0000-0000-0000-000000000000');
  page uuid[] := array(select id from bank.accounts where id > first_id order by id limit page_size);
  last_id uuid := page[cardinality(page)];
begin
  return jsonb_build_object('accounts', cardinality(page), 'next', case when cardinality(page) = page_size then last_id end)
    || bank.findings_json(array(
      select difference from bank.balance_findings(first_id, last_id) difference
      union all
      select difference from bank.chain_findings(first_id, last_id) difference
      union all
      select difference from bank.hold_findings(first_id, last_id) difference
      union all
      select difference from bank.statement_findings(first_id, last_id) difference));
end $$;

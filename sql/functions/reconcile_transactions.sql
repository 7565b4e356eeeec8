-- Compares a page of transactions, by id, after a given one, with their postings. Answers {"transactions", "postings", "totals", "differences",
-- "findings", "next"}. totals is the trial balance so far, by currency: it is given to the next page, and after the last every one is zero. The
-- postings of a transaction are written together, so what is written meanwhile changes no total. It is stable, as reconcile_accounts is.
create or replace function bank.reconcile_transactions(after_id uuid, page_size integer, totals jsonb) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, bank, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  first_id constant uuid := coalesce(after_id, '00000000-0000-0000-0000-000000000000');
  page uuid[] := array(select id from bank.transactions where id > first_id order by id limit page_size);
  more constant boolean := cardinality(page) = page_size;
  -- The last page has what comes after it, too: postings without a transaction.
  last_id uuid := case when more then page[page_size] else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end;
  posted integer := (select count(*) from bank.postings where transaction_id > first_id and transaction_id <= last_id);
  summed jsonb := (
    select coalesce(jsonb_object_agg(currency, total), '{}')
      from (
        select currency, sum(amount)::text as total
          from (
            select currency, amount from bank.postings where transaction_id > first_id and transaction_id <= last_id
            union all
            select key, value::numeric from jsonb_each_text(totals)
          ) line
         group by currency
      ) sums);
begin
  return jsonb_build_object('transactions', cardinality(page), 'postings', posted, 'totals', summed, 'next', case when more then last_id end)
    || bank.findings_json(array(
      select difference from bank.transaction_findings(first_id, last_id) difference
      union all
      select row('trial_balance', 'currency', key, format('all postings sum to %s', value))::bank.finding
        from jsonb_each_text(summed) where not more and value::numeric <> 0));
end $$;

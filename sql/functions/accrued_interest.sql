-- What the runs of the days from one to another have accrued on a range of accounts, adjustments of earlier days included.
-- Day by day ("offset 0" holds the planner to it): the key begins with the run's day, so each is one stretch of the index.
create or replace function bank.accrued_interest(first_day date, last_day date, from_id uuid, to_id uuid)
returns table (account_id uuid, amount numeric)
language sql stable as $$
  select entry.account_id, sum(entry.amount)
    from generate_series(first_day, last_day, interval '1 day') run_day,
    lateral (select written.account_id, written.amount from bank.interest_accruals written
              where written.run_date = run_day::date and written.account_id between from_id and to_id
             offset 0) entry
   group by entry.account_id
$$;

-- What an account has accrued and not been given yet, or not been charged: at ten decimals, what was carried included.
-- A month's posting leaves a row for every account that had anything, so nothing from before it is missing.
create or replace function bank.unposted_interest(account_id uuid) returns numeric
language sql stable as $$
  select coalesce(latest.carried, 0) + coalesce((
    select sum(accrued.amount)
      from bank.accrued_interest(
        greatest(
          latest.run_date + 1,
          (select max(run.run_date) + 1 from bank.job_runs run where run.job = 'capitalise-interest' and run.status = 'COMPLETED'),
          (select min(first.valid_from) from bank.interest_rates first where first.account_id = unposted_interest.account_id)),
        bank.open_day() - 1, unposted_interest.account_id, unposted_interest.account_id) accrued), 0)
    from (select) once
    left join lateral (
      select posting.run_date, posting.carried from bank.interest_capitalisations posting
       where posting.account_id = unposted_interest.account_id
       order by posting.run_date desc
       limit 1
    ) latest on true
$$;

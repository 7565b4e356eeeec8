-- Brings the interest of one account, which is locked, up to the last day that is over: what the runs of the days since would do for it, in
-- their order. They will find it done and leave it.
create or replace function bank.catch_up_interest(account_id uuid) returns void
language plpgsql as $$
declare
  day date := coalesce(
    (select max(run.run_date) + 1 from bank.job_runs run where run.job = 'accrue-interest' and run.status = 'COMPLETED'),
    (select min(first.valid_from) from bank.interest_rates first where first.account_id = catch_up_interest.account_id));
begin
  perform bank.close_books(null, 0);
  -- The month that ended with the latest run may not be posted yet.
  if extract(day from day) = 1 then
    perform bank.capitalise_interest(day - 1, account_id, account_id);
  end if;
  while day < bank.open_day() loop
    perform bank.accrue_interest(day, account_id, account_id);
    if extract(day from day + 1) = 1 then
      perform bank.capitalise_interest(day, account_id, account_id);
    end if;
    day := day + 1;
  end loop;
end $$;

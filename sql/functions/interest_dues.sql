-- What each open account of a range has accrued since its latest posting, through a day in whose month that is, and what was carried then.
-- Accounts with nothing that could be posted are left out.
create or replace function bank.interest_dues(run_date date, from_id uuid, to_id uuid) returns bank.interest_due[]
language plpgsql stable set enable_nestloop = off as $$
declare
  month date := date_trunc('month', run_date);
begin
  return array(
    with accrued as materialized (
      select * from bank.accrued_interest(month, run_date, from_id, to_id)
    )
    select row(due.id, due.accrued, due.carried)::bank.interest_due
      from (
        select account.id, account.currency, coalesce(latest.carried, 0) as carried, coalesce(
                 -- Within the month there has been a posting only where an account was to be closed and then was not.
                 case when latest.run_date >= month
                   then (select rest.amount from bank.accrued_interest(latest.run_date + 1, interest_dues.run_date, account.id, account.id) rest)
                   else accrued.amount
                 end, 0) as accrued
          from bank.accounts account
          left join accrued on accrued.account_id = account.id
          left join lateral (
            select posting.run_date, posting.carried from bank.interest_capitalisations posting
             where posting.account_id = account.id
             order by posting.run_date desc
             limit 1
          ) latest on true
         where account.id between from_id and to_id and account.status <> 'CLOSED'
           and (latest.run_date is null or latest.run_date < interest_dues.run_date)
        offset 0
      ) due
     where due.accrued <> 0 or bank.round_half_even(due.carried, bank.minor_units(due.currency)) <> 0);
end $$;

-- Accrues a day's interest for a range of accounts: one row for each that is open and has a rate on that day. First what has accrued for
-- earlier days is adjusted where it is no longer right. Doing it again adds nothing. Answers {"accruals", "adjustments"}.
-- The balance at the day's end is the balance now, less what was posted since for later days: exact however late this runs, and cheap in
-- time, as only an account that has been touched since is looked into. Every posting sets its account's updated_at.
create or replace function bank.accrue_interest(day date, from_id uuid, to_id uuid) returns jsonb
language plpgsql set enable_nestloop = off as $$
declare
  since timestamptz := bank.first_posted_after(day);
  adjustments integer := bank.revise_interest(day, from_id, to_id);
  accruals integer;
begin
  loop
    begin
      with present as materialized (
        select written.account_id from bank.interest_accruals written
         where written.run_date = accrue_interest.day and written.account_id between from_id and to_id and written.day = accrue_interest.day
      ), changed as materialized (
        -- The rate that an account has now is the one that it had, unless another came since.
        select later.account_id, bank.rate_on(later.account_id, accrue_interest.day) as rate
          from bank.interest_rates later
         where later.account_id between from_id and to_id and later.valid_from > accrue_interest.day
         group by later.account_id
      )
      insert into bank.interest_accruals (run_date, account_id, day, balance, rate, days, basis, amount)
      select accrue_interest.day, evening.id, accrue_interest.day, evening.balance, evening.rate, evening.days, evening.basis,
             bank.daily_interest(evening.account_type, evening.balance, evening.rate, evening.exact_days, evening.exact_basis)
        from (
          select account.id, account.account_type, counted.days, counted.basis, counted.exact_days, counted.exact_basis,
                 case when changed.account_id is null then account.interest_rate else changed.rate end as rate,
                 case when account.updated_at < since then account.balance
                      else account.balance - coalesce((
                        select sum(line.amount) from bank.postings line
                         where line.account_id = account.id and line.created_at >= since and line.value_date > accrue_interest.day), 0)
                 end as balance
            from bank.accounts account
            join bank.day_counts_of(accrue_interest.day) counted on counted.account_type = account.account_type
            left join present on present.account_id = account.id
            left join changed on changed.account_id = account.id
           where account.id between from_id and to_id and account.status <> 'CLOSED' and present.account_id is null
          offset 0 -- each balance is read once
        ) evening
       where evening.rate > 0;
      get diagnostics accruals = row_count;
      return jsonb_build_object('accruals', accruals, 'adjustments', adjustments);
    exception when unique_violation then
      null; -- an account that was being closed was brought up to this day meanwhile: it is present now ("on conflict" costs twice the time)
    end;
  end loop;
end $$;

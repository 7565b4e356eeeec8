-- Adjusts what has accrued on a range of accounts for days before one, where a posting or a rate was entered for such a day afterwards: a
-- row for each day whose accruals do not come to what they should, with the difference. What was written stays. Answers how many rows.
-- An account that has been brought to this day already, as one is when it is to be closed, is looked at by the next day's run.
create or replace function bank.revise_interest(day date, from_id uuid, to_id uuid) returns integer
language plpgsql set enable_nestloop = on as $$
declare
  adjustments integer;
begin
  with noted as (
    update bank.interest_revisions revision set worked_on = revise_interest.day
     where revision.account_id between from_id and to_id
       and revision.worked_on is null and revision.since < revise_interest.day
       and not exists (select from bank.interest_accruals written
                        where written.run_date = revise_interest.day and written.account_id = revision.account_id)
    returning revision.account_id, revision.since
  ), past as (
    select account as held, past_day::date as day
      from (select noted.account_id, min(noted.since) as since from noted group by noted.account_id) revised
      join bank.accounts account on account.id = revised.account_id and account.status <> 'CLOSED',
      generate_series(revised.since, revise_interest.day - 1, interval '1 day') past_day
  ), fitting as (
    select past.held, past.day, evening.balance, evening.rate, counted.days, counted.basis,
           bank.daily_interest((past.held).account_type, evening.balance, evening.rate, counted.exact_days, counted.exact_basis) as amount
      from past
      join lateral bank.day_counts_of(past.day) counted on counted.account_type = (past.held).account_type,
      lateral (
        select bank.rate_on((past.held).id, past.day) as rate, bank.balance_on(past.held, past.day) as balance offset 0
      ) evening
     where evening.rate is not null
  )
  insert into bank.interest_accruals (run_date, account_id, day, balance, rate, days, basis, amount)
  select revise_interest.day, (fit.held).id, fit.day, fit.balance, fit.rate, fit.days, fit.basis, fit.amount - accrued.amount
    from fitting fit,
    lateral (
      select coalesce(sum(written.amount), 0) as amount
        from generate_series(fit.day, revise_interest.day, interval '1 day') run_day,
        lateral (select entry.amount from bank.interest_accruals entry
                  where entry.run_date = run_day::date and entry.account_id = (fit.held).id and entry.day = fit.day) written
    ) accrued
   where fit.amount <> accrued.amount;
  get diagnostics adjustments = row_count;
  return adjustments;
end $$;

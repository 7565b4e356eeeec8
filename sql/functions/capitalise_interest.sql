-- Posts what a range of accounts has accrued since the latest posting, at most since the month began, rounded to the currency's minor
-- units, as of the close of a day: it counts from the next day on. What rounding leaves, and what an account at its overdraft limit has no
-- room for, is carried on. Frozen accounts get it and owe it too: what is frozen is what customers do. Doing it again posts nothing.
-- Answers {"capitalised", "posted"}: the accounts that had anything accrued, and those of them on which a transaction was posted.
create or replace function bank.capitalise_interest(run_date date, from_id uuid, to_id uuid) returns jsonb
language plpgsql as $$
declare
  dues bank.interest_due[];
  id_prefix text := left(bank.uuid_v7()::text, 15);
  entries bank.scheduled_entry[];
  capitalised integer;
begin
  loop
    begin
      -- What has accrued stands still by now. Balances do, once the accounts are locked in the order of every movement.
      dues := bank.interest_dues(run_date, from_id, to_id);
      perform from bank.accounts account
        where account.id in (select due.account_id from unnest(dues) due) order by account.id for no key update;

      with written as (
        insert into bank.interest_capitalisations (account_id, run_date, carried_in, accrued, posted, carried, transaction_id, created_at)
        select postable.id, capitalise_interest.run_date, postable.carried_in, postable.accrued, postable.amount,
               postable.carried_in + postable.accrued - postable.amount,
               case when postable.amount <> 0 then bank.uuid_beside(id_prefix) end, clock_timestamp()
          from (
            select rounded.id, rounded.accrued, rounded.carried_in,
                   bank.postable_interest(rounded.amount, rounded.available, rounded.balance, rounded.currency) as amount
              from (
                select owed.*, bank.round_half_even(owed.accrued + owed.carried_in, owed.decimals) as amount
                  from (
                    -- The decimals are looked up first: the planner writes a function into the query only where what it is given is cheap.
                    select account.id, account.balance, account.currency, bank.available_balance(account) as available, due.accrued, due.carried_in,
                           bank.minor_units(account.currency) as decimals
                      from unnest(dues) due join bank.accounts account on account.id = due.account_id and account.status <> 'CLOSED'
                    offset 0
                  ) owed
                offset 0
              ) rounded
            offset 0
          ) postable
         where postable.accrued <> 0 or postable.amount <> 0
        returning *
      )
      select array_agg(row(written.account_id, written.transaction_id, written.posted)::bank.scheduled_entry)
               filter (where written.posted <> 0), count(*)
        into entries, capitalised
        from written;
      perform bank.post_scheduled(entries, 'INTEREST', 'INTEREST_EXPENSE', 'INTEREST_INCOME',
        'Interest for ' || to_char(run_date, 'FMMonth YYYY'), run_date + 1);
      return jsonb_build_object('capitalised', capitalised, 'posted', coalesce(cardinality(entries), 0));
    exception when unique_violation then
      null; -- an account that was to be closed was faster, while this waited for its lock: it is due no more
    end;
  end loop;
end $$;

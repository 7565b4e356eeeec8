-- The lowest balance that an account had at the end of a day, of the days from one to another.
create or replace function bank.lowest_balance(account bank.accounts, first_day date, last_day date) returns numeric
language sql stable as $$
  select least(ending.balance, min(ending.balance - moved.since))
    from (select bank.balance_on(account, last_day) as balance) ending
    left join (
      -- What was posted from each day on that anything was posted: so much less, or more, it was on the day before.
      select sum(sum(line.amount)) over (order by line.value_date desc) as since
        from bank.postings line
       where line.account_id = account.id and line.created_at >= bank.first_posted_after(first_day)
         and line.value_date > first_day and line.value_date <= last_day
       group by line.value_date
    ) moved on true
   group by ending.balance
$$;

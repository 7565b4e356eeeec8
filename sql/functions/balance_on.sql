-- An account's balance at the end of a day: what it is now, less what was posted for later days. The account is as this statement reads it.
create or replace function bank.balance_on(account bank.accounts, day date) returns numeric
language sql stable as $$
  select account.balance - coalesce(sum(line.amount), 0) from bank.postings line
   where line.account_id = account.id and line.created_at >= bank.first_posted_after(day) and line.value_date > day
$$;

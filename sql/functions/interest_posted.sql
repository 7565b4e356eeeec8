-- The interest posted on an account as of the close of the days from one to another, without what has been reversed.
create or replace function bank.interest_posted(account_id uuid, first_day date, last_day date) returns numeric
language sql stable as $$
  select coalesce(sum(posting.posted), 0)
    from bank.interest_capitalisations posting join bank.transactions entry on entry.id = posting.transaction_id
   where posting.account_id = interest_posted.account_id and posting.run_date between first_day and last_day
     and bank.transaction_status(entry) = 'COMPLETED'
$$;

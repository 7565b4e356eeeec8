-- An account's balance at a moment: that after its last posting then or before; of two at one moment, after the later one.
create or replace function bank.balance_at(account_id uuid, at timestamptz) returns numeric
language sql stable as $$
  select coalesce((
    select line.balance_after from bank.postings line
     where line.account_id = balance_at.account_id and line.created_at <= at
     order by line.created_at desc, line.account_version desc
     limit 1), 0)
$$;

-- The latest transactions of an account before one of them. Payments to it that failed are among them: it is not for customers.
create or replace function bank.transactions_before(account_id uuid, middle bank.transactions, most integer) returns setof bank.transactions
language sql stable as $$
  (select * from bank.transactions entry
    where entry.from_account_id = account_id and (entry.created_at, entry.id) < (middle.created_at, middle.id)
    order by entry.created_at desc, entry.id desc limit most)
  union all
  (select * from bank.transactions entry
    where entry.to_account_id = account_id and (entry.created_at, entry.id) < (middle.created_at, middle.id)
    order by entry.created_at desc, entry.id desc limit most)
  order by created_at desc, id desc limit most
$$;

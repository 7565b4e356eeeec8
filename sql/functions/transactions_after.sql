-- The next transactions of an account after one of them. Payments to it that failed are among them: it is not for customers.
create or replace function bank.transactions_after(account_id uuid, middle bank.transactions, most integer) returns setof bank.transactions
language sql stable as $$
  (select * from bank.transactions entry
    where entry.from_account_id = account_id and (entry.created_at, entry.id) > (middle.created_at, middle.id)
    order by entry.created_at, entry.id limit most)
  union all
  (select * from bank.transactions entry
    where entry.to_account_id = account_id and (entry.created_at, entry.id) > (middle.created_at, middle.id)
    order by entry.created_at, entry.id limit most)
  order by created_at, id limit most
$$;

-- What an account usually spends, of so many of its latest amounts. In plpgsql for its kept plan: every transfer asks.
create or replace function bank.usual_amounts(parameters jsonb, account_id uuid, at timestamptz) returns bank.usual_amounts
language plpgsql stable as $$
declare
  since timestamptz := at - make_interval(days => (parameters ->> 'days')::integer);
  most integer := (parameters ->> 'sample')::integer;
  usual bank.usual_amounts;
begin
  select count(*), avg(spent.amount), stddev_pop(spent.amount) into usual
    from (
      select entry.amount from bank.transactions entry
       where entry.from_account_id = usual_amounts.account_id and entry.status = 'COMPLETED'
         and entry.created_at > since and entry.created_at <= at
       order by entry.created_at desc
       limit most
    ) spent;
  return usual;
end $$;

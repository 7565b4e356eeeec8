-- How far an amount lies above what an account usually spends, in standard deviations (the z-score) of its latest amounts.
-- Amounts that were always the same have no deviation at all, and any other would lie infinitely far off: a least one is taken, as a
-- share of their mean. In plpgsql for its kept plan: every transfer asks.
create or replace function bank.fraud_amount_anomaly(parameters jsonb, account_id uuid, amount numeric, at timestamptz) returns integer
language plpgsql stable as $$
declare
  since timestamptz := at - make_interval(days => (parameters ->> 'days')::integer);
  most integer := (parameters ->> 'sample')::integer;
  payments bigint;
  mean numeric;
  deviation numeric;
begin
  select count(*), avg(spent.amount), stddev_pop(spent.amount) into payments, mean, deviation
    from (
      select entry.amount from bank.transactions entry
       where entry.from_account_id = fraud_amount_anomaly.account_id and entry.status = 'COMPLETED'
         and entry.created_at > since and entry.created_at <= at
       order by entry.created_at desc
       limit most
    ) spent;
  if payments < (parameters ->> 'least_sample')::integer then
    return 0;
  end if;
  deviation := greatest(deviation, (parameters ->> 'least_deviation')::numeric * mean);
  return case
    when amount - mean > (parameters ->> 'extreme_z')::numeric * deviation then (parameters ->> 'extreme_score')::integer
    when amount - mean > (parameters ->> 'unusual_z')::numeric * deviation then (parameters ->> 'unusual_score')::integer
    else 0
  end;
end $$;

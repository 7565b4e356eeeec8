-- How far an amount lies above what an account usually spends, in standard deviations (the z-score) of its latest amounts.
-- Amounts that were always the same have no deviation at all, and any other would lie infinitely far off: a least one is taken, as a
-- share of their mean.
create or replace function bank.fraud_amount_anomaly(parameters jsonb, account_id uuid, amount numeric, at timestamptz) returns integer
language sql stable as $$
  select case
    when count < (parameters ->> 'least_sample')::integer then 0
    when excess > (parameters ->> 'extreme_z')::numeric * deviation then (parameters ->> 'extreme_score')::integer
    when excess > (parameters ->> 'unusual_z')::numeric * deviation then (parameters ->> 'unusual_score')::integer
    else 0
  end
  from (
    select count(*), fraud_amount_anomaly.amount - avg(spent.amount) as excess,
           greatest(stddev_pop(spent.amount), (parameters ->> 'least_deviation')::numeric * avg(spent.amount)) as deviation
      from (
        select entry.amount from bank.transactions entry
         where entry.from_account_id = fraud_amount_anomaly.account_id and entry.status = 'COMPLETED'
           and entry.created_at > at - make_interval(days => (parameters ->> 'days')::integer)
           and entry.created_at <= at
         order by entry.created_at desc
         limit (parameters ->> 'sample')::integer
      ) spent
  ) usual
$$;

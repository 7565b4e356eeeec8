-- The score of an amount by how many standard deviations (the z-score) it lies above the usual.
-- Amounts that were always the same have no deviation at all, and any other would lie infinitely far off: a least one is taken, as a
-- share of their mean.
create or replace function bank.amount_score(parameters jsonb, usual bank.usual_amounts, amount numeric) returns integer
language plpgsql immutable as $$
declare
  excess numeric := amount - usual.mean;
  deviation numeric := greatest(usual.deviation, (parameters ->> 'least_deviation')::numeric * usual.mean);
begin
  return case
    when usual.payments < (parameters ->> 'least_sample')::integer then 0
    when excess > (parameters ->> 'extreme_z')::numeric * deviation then (parameters ->> 'extreme_score')::integer
    when excess > (parameters ->> 'unusual_z')::numeric * deviation then (parameters ->> 'unusual_score')::integer
    else 0
  end;
end $$;

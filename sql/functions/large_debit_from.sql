-- The amount from which on a debit in a currency is large: the currency's own, or the one for all that have none.
create or replace function bank.large_debit_from(currency text) returns numeric
language plpgsql stable as $$
begin
  return (
    select threshold.amount from bank.large_debit_thresholds threshold
     where threshold.currency = large_debit_from.currency or threshold.currency is null
     order by threshold.currency nulls last limit 1);
end $$;

-- Whether an amount is a whole number of its currency's smallest unit: JPY 1.5 is not.
create or replace function bank.amount_fits(amount numeric, currency text) returns boolean
language sql immutable as $$
  select min_scale(amount) <= bank.minor_units(currency)
$$;

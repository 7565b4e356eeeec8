-- Whether an amount is a whole number of its currency's smallest unit: JPY 1.5 is not. Unknown currencies are judged elsewhere.
create or replace function bank.amount_fits(amount numeric, currency text) returns boolean
language sql stable as $$
  select coalesce(min_scale(amount) <= (select minor_units from bank.currencies where code = currency), true)
$$;

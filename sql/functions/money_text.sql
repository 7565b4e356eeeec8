-- An amount as callers read it: with exactly the decimal places of its currency.
create or replace function bank.money_text(amount numeric, currency text) returns text
language sql immutable as $$
  select round(amount, bank.minor_units(currency))::text
$$;

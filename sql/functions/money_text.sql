-- An amount as callers read it: with exactly the decimal places of its currency.
create or replace function bank.money_text(amount numeric, currency text) returns text
language sql stable as $$
  select round(amount, (select minor_units from bank.currencies where code = currency))::text
$$;

-- What of a rounded amount of interest can be posted on an account: of what it owes no more than is available to it, of what it is owed no
-- more than a balance can hold.
create or replace function bank.postable_interest(rounded numeric, available numeric, balance numeric, currency text) returns numeric
language sql immutable as $$
  select least(greatest(rounded, least(-available, 0)), trunc(999999999999999.9999, bank.minor_units(currency)) - balance)
$$;

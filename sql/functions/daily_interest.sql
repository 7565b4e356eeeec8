-- A day's interest on a balance, at ten decimals, half away from zero. Savings and checking accounts earn it on what they hold, credit
-- accounts owe it on what they owe.
-- The days come with ten decimals of their own: numeric division keeps as many as its operands have, and rounding a quotient that has been
-- rounded before could be wrong in the last place.
create or replace function bank.daily_interest(account_type text, balance numeric, rate numeric, exact_days numeric, exact_basis numeric) returns numeric
language sql immutable as $$
  select case when (balance < 0) = (account_type = 'CREDIT') then round(balance * rate * exact_days / exact_basis, 10) else 0.0000000000 end
$$;

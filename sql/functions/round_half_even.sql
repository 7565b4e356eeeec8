-- Rounds to so many decimals; what lies exactly between two goes to the even one ("banker's rounding", IEEE 754 §4.3.1 roundTiesToEven), so
-- that halves do not add up for one side. One expression, which the planner writes into the query: a posting asks for thousands at once.
create or replace function bank.round_half_even(amount numeric, decimals integer) returns numeric
language sql immutable as $$
  select case
    when round(amount, decimals) + trunc(amount, decimals) = 2 * amount
     and trunc(trunc(amount, decimals) * 0.5, decimals) * 2 = trunc(amount, decimals)
    then trunc(amount, decimals)
    else round(amount, decimals)
  end
$$;

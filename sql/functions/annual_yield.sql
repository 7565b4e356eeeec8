-- The annual percentage yield, as a fraction at four decimals, of a rate whose interest accrues daily under a day count and is compounded at
-- the end of each month: 100 * ((1 + interest / principal) ^ (365 / days in term) - 1), Regulation DD, 12 CFR part 1030, appendix A, part I.A,
-- for a term of 365 days, rounded to a hundredth of a percent (§1030.3(f)(1)). A year of 365 days has seven months of 31, four of 30 and
-- one of 28; in what order they are compounded makes no difference.
create or replace function bank.annual_yield(rate numeric, convention text) returns numeric
language sql immutable as $$
  select round(case convention
    when 'ACT/365' then power(1 + rate * 31 / 365, 7) * power(1 + rate * 30 / 365, 4) * (1 + rate * 28 / 365)
    when 'ACT/360' then power(1 + rate * 31 / 360, 7) * power(1 + rate * 30 / 360, 4) * (1 + rate * 28 / 360)
    when '30/360' then power(1 + rate * 30 / 360, 12)
  end - 1, 4)
$$;

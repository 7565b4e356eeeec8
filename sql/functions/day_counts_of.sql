-- How a day counts for each type of account: as whole numbers, and as bank.daily_interest takes them.
create or replace function bank.day_counts_of(day date)
returns table (account_type text, convention text, days smallint, basis smallint, exact_days numeric, exact_basis numeric)
language sql stable as $$
  select distinct on (rule.account_type) rule.account_type, rule.convention, counted.parts[1], counted.parts[2],
         counted.parts[1] * 1.0000000000, counted.parts[2]::numeric
    from bank.day_counts rule, lateral (select bank.day_count(rule.convention, day) as parts) counted
   where rule.valid_from <= day
   order by rule.account_type, rule.valid_from desc
$$;

-- The rate that an account has on a day; null before it was opened.
create or replace function bank.rate_on(account_id uuid, day date) returns numeric
language sql stable as $$
  select entry.rate from bank.interest_rates entry
   where entry.account_id = rate_on.account_id and entry.valid_from <= day
   order by entry.valid_from desc, entry.account_version desc
   limit 1
$$;

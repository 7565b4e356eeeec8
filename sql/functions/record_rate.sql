-- Keeps the rate that an account has now as its rate from a day on.
create or replace function bank.record_rate(account bank.accounts, valid_from date) returns void
language plpgsql as $$
begin
  insert into bank.interest_rates (account_id, valid_from, account_version, rate)
  values (account.id, record_rate.valid_from, account.version, account.interest_rate);
end $$;

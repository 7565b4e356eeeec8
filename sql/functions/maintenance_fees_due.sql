-- The accounts of a range that owe a month's maintenance, and how much: those opened before the month began which held less than their
-- rule asks for at the end of some day.
create or replace function bank.maintenance_fees_due(last_day date, from_id uuid, to_id uuid) returns table (account_id uuid, amount numeric)
language sql stable as $$
  select account.id, rule.amount
    from bank.accounts account
    join bank.fee_rules rule on rule.account_type = account.account_type and rule.currency = account.currency,
    lateral (select date_trunc('month', last_day)::date as first_day) month
   where account.id between from_id and to_id and account.status = 'ACTIVE'
     and rule.fee_type = 'MONTHLY_MAINTENANCE' and rule.enabled
     and bank.rate_on(account.id, month.first_day - 1) is not null
     and (rule.minimum_balance is null or bank.lowest_balance(account, month.first_day, last_day) < rule.minimum_balance)
$$;

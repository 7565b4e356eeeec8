-- The accounts of a range that went below zero on a day, and what that costs. The bank's own interest, fees and corrections are no cause.
create or replace function bank.overdraft_fees_due(day date, from_id uuid, to_id uuid) returns table (account_id uuid, amount numeric)
language sql stable as $$
  select distinct account.id, rule.amount
    from bank.postings line
    join bank.transactions entry on entry.id = line.transaction_id
    join bank.accounts account on account.id = line.account_id
    join bank.fee_rules rule on rule.account_type = account.account_type and rule.currency = account.currency
   where line.value_date = day and line.account_id between from_id and to_id
     and line.balance_after < 0 and line.balance_after - line.amount >= 0
     and entry.transaction_type in ('TRANSFER', 'WITHDRAWAL')
     and rule.fee_type = 'OVERDRAFT' and rule.enabled and account.status = 'ACTIVE'
$$;

-- The accounts after one id, up to another, whose balance is not the sum of their postings.
create or replace function bank.balance_findings(after_id uuid, last_id uuid) returns setof bank.finding
language sql stable as $$
  select row('balance', 'account', difference.id::text,
             format('its balance is %s, and its postings sum to %s', difference.balance, difference.posted))::bank.finding
    from bank.account_differences difference
   where difference.id > after_id and difference.id <= last_id
   order by difference.id
$$;

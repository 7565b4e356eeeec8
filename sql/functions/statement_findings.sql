-- The closed statements, of the accounts after one id up to another, that say something else than the postings of their period.
create or replace function bank.statement_findings(after_id uuid, last_id uuid) returns setof bank.finding
language sql stable as $$
  select row('statements', 'account', difference.account_id::text,
             format('its statement of %s says something else than its postings', to_char(difference.period, 'YYYY-MM')))::bank.finding
    from bank.statement_differences difference
   where difference.account_id > after_id and difference.account_id <= last_id
   order by difference.account_id, difference.period
$$;

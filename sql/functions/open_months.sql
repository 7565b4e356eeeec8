-- The months of an account that are not closed, oldest first, each by its first day: from the one after its last statement, or that of its
-- opening, through the one that is running, or that in which the account was closed.
create or replace function bank.open_months(account bank.accounts) returns setof date
language sql stable as $$
  select series.month::date
    from bank.fraud_settings settings,
         generate_series(
           coalesce(
             (select max(closed.period) + interval '1 month' from bank.statements closed where closed.account_id = account.id),
             date_trunc('month', account.created_at at time zone settings.time_zone)),
           case when account.status = 'CLOSED' then account.updated_at else clock_timestamp() end at time zone settings.time_zone,
           interval '1 month') series (month)
   order by series.month
$$;

-- How an account stands with its interest: what has accrued since the latest posting and through which day, what was posted this year, and
-- the terms. Amounts are negative where the account owes them. Answers {"interest"}.
create or replace function bank.read_interest(account_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  answer jsonb := coalesce(bank.admit_caller(caller), bank.find_account(account_id, caller));
  today date := bank.open_day();
  account bank.accounts;
  convention text;
begin
  if answer ? 'refusal' then
    return answer;
  end if;
  select * into strict account from bank.accounts where id = account_id;
  select counted.convention into strict convention from bank.day_counts_of(today) counted where counted.account_type = account.account_type;
  return jsonb_build_object('interest', jsonb_build_object(
    'account_id', account.id,
    'currency', account.currency,
    'interest_rate', account.interest_rate::text,
    'day_count', convention,
    'apy', bank.annual_yield(account.interest_rate, convention)::text,
    'accrued', case when account.status = 'CLOSED' then 0 else bank.unposted_interest(account.id) end::numeric(23,10)::text,
    'accrued_through', (select max(run.run_date) from bank.job_runs run where run.job = 'accrue-interest' and run.status = 'COMPLETED'),
    'paid_this_year', bank.money_text(bank.interest_posted(account.id, date_trunc('year', today)::date, today), account.currency),
    'next_capitalisation_date', case when account.status <> 'CLOSED' then (date_trunc('month', today) + interval '1 month')::date - 1 end));
end $$;

-- Whether a job has anything to look for at all.
create or replace function bank.job_has_work(job text) returns boolean
language sql stable as $$
  select job <> 'charge-fees' or exists (select from bank.fee_rules rule where rule.enabled)
$$;

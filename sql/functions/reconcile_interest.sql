-- Whether the interest of yesterday is there, and of every day before it. Answers {"differences", "findings"}: one for the first step of the
-- day's jobs that is not completed. It is due two hours after the day is over; on the bank's first day there is none.
create or replace function bank.reconcile_interest() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
declare
  zone text := (select time_zone from bank.fraud_settings);
  through date := ((clock_timestamp() - interval '2 hours') at time zone zone)::date - 1;
  step jsonb;
begin
  if exists (select from bank.interest_rates where recorded_at < (through + 1)::timestamp at time zone zone) then
    step := bank.next_run('accrue-interest', through);
  end if;
  return bank.findings_json(case when step is null then '{}' else array[
    row('interest', 'job', step ->> 'job', format('its run for %s is not completed', step ->> 'run_date'))::bank.finding] end);
end $$;

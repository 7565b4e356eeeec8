-- Whether an account that pays at night has done so before. It is asked at night only, and looks into each of the past nights for no
-- more payments than are enough; nights are those of the bank's time zone, whatever summer time does to them.
create or replace function bank.fraud_night_time(parameters jsonb, account_id uuid, at timestamptz, time_zone text) returns integer
language plpgsql stable as $$
declare
  clock timestamp := at at time zone time_zone;
  first_hour integer := (parameters ->> 'from_hour')::integer;
  last_hour integer := (parameters ->> 'to_hour')::integer;
  days integer := (parameters ->> 'days')::integer;
  enough integer := (parameters ->> 'enough')::integer;
  before integer;
begin
  if extract(hour from clock) not between first_hour and last_hour then
    return 0;
  end if;
  select count(*) into before
    from (
      select from generate_series(0, days) back,
      lateral (
        select from bank.transactions entry
         where entry.from_account_id = fraud_night_time.account_id and entry.status = 'COMPLETED'
           and entry.created_at >= (clock::date - back + make_time(first_hour, 0, 0)) at time zone time_zone
           and entry.created_at < (clock::date - back + make_time(last_hour, 0, 0) + interval '1 hour') at time zone time_zone
           and entry.created_at > at - make_interval(days => days)
           and entry.created_at <= at
         limit enough
      ) night
      limit enough
    ) nights;
  return case
    when before = 0 then (parameters ->> 'none_score')::integer
    when before < enough then (parameters ->> 'few_score')::integer
    else 0
  end;
end $$;

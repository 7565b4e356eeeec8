-- The stage's time zone, said by each deploy. Once staff have chosen one, theirs stays.
create or replace function bank.set_stage_time_zone(time_zone text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  was jsonb := bank.fraud_rules_json();
begin
  -- Raises for a zone that PostgreSQL does not know: a deploy that says one fails.
  perform clock_timestamp() at time zone set_stage_time_zone.time_zone;
  update bank.fraud_settings settings set time_zone = set_stage_time_zone.time_zone, version = version + 1, updated_at = clock_timestamp()
   where not time_zone_by_hand and settings.time_zone <> set_stage_time_zone.time_zone;
  if not found then
    return '{"changed": false}';
  end if;
  perform bank.record_rules_change(was, bank.fraud_rules_json(), 'The time zone of the stage', bank.system_caller());
  return '{"changed": true}';
end $$;

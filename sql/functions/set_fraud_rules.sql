-- Changes what is named of the settings and the rules, all of it or nothing; the next transfer is judged by it. Where an expected version
-- is given, the whole must be at it still. `settings` holds the ones to change, `rules` is [{"rule", "enabled"?, "parameters"?: all of them}].
create or replace function bank.set_fraud_rules(
  command_id uuid, settings jsonb, rules jsonb, reason text, expected_version bigint, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array('SET_FRAUD_RULES', settings, rules, reason, expected_version)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  at timestamptz := clock_timestamp();
  current bank.fraud_settings;
  wanted bank.fraud_settings;
  was jsonb;
  became jsonb;
begin
  if answer is not null then
    return answer;
  end if;

  -- The lock of the whole: each of two changes at once names the values that it replaced.
  select * into strict current from bank.fraud_settings for no key update;
  if expected_version <> current.version then
    return bank.refusal('VERSION_CONFLICT');
  end if;
  wanted := jsonb_populate_record(current, settings);
  answer := coalesce(bank.refuse_fraud_settings(current, wanted), bank.refuse_rule_changes(rules));
  if answer is not null then
    return answer;
  end if;

  was := bank.fraud_rules_json();
  update bank.fraud_settings
     set time_zone = wanted.time_zone,
         time_zone_by_hand = current.time_zone_by_hand or settings ? 'time_zone',
         monitor_from = wanted.monitor_from,
         review_from = wanted.review_from,
         block_from = wanted.block_from,
         alert_from = wanted.alert_from,
         version = current.version + 1,
         updated_at = at;
  update bank.fraud_rules kept
     set enabled = coalesce(change.enabled, kept.enabled),
         parameters = coalesce(change.parameters, kept.parameters),
         version = kept.version + 1,
         updated_at = at
    from jsonb_to_recordset(rules) change (rule text, enabled boolean, parameters jsonb)
   where kept.rule = change.rule;
  became := bank.fraud_rules_json();
  perform bank.record_rules_change(was, became, reason, caller);
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('fraud_rules', became));
end $$;

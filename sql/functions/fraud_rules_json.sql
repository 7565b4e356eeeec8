-- The fraud rules as staff read them, and what holds for all of them. One version stands for the whole: it goes up with every change.
create or replace function bank.fraud_rules_json() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'version', settings.version,
    'settings', jsonb_build_object(
      'time_zone', settings.time_zone,
      'time_zone_by_hand', settings.time_zone_by_hand,
      'monitor_from', settings.monitor_from,
      'review_from', settings.review_from,
      'block_from', settings.block_from,
      'alert_from', settings.alert_from),
    'rules', (
      select jsonb_agg(jsonb_build_object(
          'rule', rule.rule,
          'phase', rule.phase,
          'enabled', rule.enabled,
          'parameters', rule.parameters,
          'version', rule.version,
          'updated_at', rule.updated_at) order by rule.phase, rule.rule)
        from bank.fraud_rules rule),
    'updated_at', settings.updated_at)
    from bank.fraud_settings settings
$$;

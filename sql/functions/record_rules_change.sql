-- The event of a change to the fraud rules: the settings and the rules that changed, as they were and as they are, and why. There is one
-- set of rules: the id of nothing is its id.
create or replace function bank.record_rules_change(was jsonb, became jsonb, reason text, caller jsonb) returns void
language plpgsql as $$
declare
  before jsonb := bank.fraud_rules_by_name(was);
  after jsonb := bank.fraud_rules_by_name(became);
begin
  perform bank.record_event('FraudRulesChanged', 'fraud_rules', '00000000-0000-0000-0000-000000000000', caller, jsonb_build_object(
    'old', bank.changed_fields(before, after),
    'new', bank.changed_fields(after, before),
    'reason', reason));
end $$;

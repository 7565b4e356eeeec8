-- The event of a change to a customer: the names of the fields that changed, and of those that say nothing about the person
-- what they were and are.
create or replace function bank.record_customer_change(type text, was bank.customers, customer bank.customers, reason text, caller jsonb) returns void
language plpgsql as $$
declare
  before jsonb := bank.customer_json(was);
  after jsonb := bank.customer_json(customer);
  impersonal constant text[] := '{status,kyc_verified,version}';
begin
  perform bank.record_event(type, 'customer', customer.id, caller, jsonb_build_object(
    'changed', (select jsonb_agg(field order by field)
                  from jsonb_object_keys(bank.changed_fields(after, before) - 'version' - 'updated_at') field),
    'old', (select jsonb_object_agg(field, before -> field) from unnest(impersonal) field),
    'new', (select jsonb_object_agg(field, after -> field) from unnest(impersonal) field),
    'reason', reason));
end $$;

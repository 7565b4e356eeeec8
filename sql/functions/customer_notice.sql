-- What a customer is told of what happened to its record: which fields, never their values. The record's version leads to the address
-- that it had before, if that was changed (bank.former_emails).
create or replace function bank.customer_notice(entry bank.events) returns bank.notice
language plpgsql stable as $$
declare
  fields jsonb;
begin
  case entry.type
    when 'CustomerFrozen' then
      return row(entry.aggregate_id, 'account-frozen', '{}')::bank.notice;
    when 'CustomerUnfrozen' then
      return row(entry.aggregate_id, 'account-changed', '{"change": "unfrozen"}')::bank.notice;
    when 'CustomerUpdated' then
      select jsonb_agg(field) into fields from unnest('{email,phone,address}'::text[]) field where entry.data -> 'changed' ? field;
      if fields is not null then
        return row(entry.aggregate_id, 'profile-changed',
          jsonb_build_object('change', 'contact_details', 'fields', fields, 'version', entry.data #> '{new,version}'))::bank.notice;
      end if;
    when 'CustomerReviewed' then
      return row(entry.aggregate_id, 'profile-changed', jsonb_build_object('change',
        case when (entry.data #>> '{new,kyc_verified}')::boolean then 'identity_verified' else 'identity_rejected' end))::bank.notice;
    when 'LimitsChanged' then
      if entry.data -> 'new' ?| '{transfers_per_minute,requests_per_hour}' then
        return row(entry.aggregate_id, 'account-changed', '{"change": "limits_changed"}')::bank.notice;
      end if;
    else null;
  end case;
  return null;
end $$;

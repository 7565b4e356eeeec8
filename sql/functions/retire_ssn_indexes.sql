-- Removes the indexes under keys that are no longer in use, unless somebody's number would be left without one under the
-- newest: then nothing is removed. key_versions is the list of those in use.
create or replace function bank.retire_ssn_indexes(run_id uuid, key_versions jsonb, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  kept integer[] := array(select version::integer from jsonb_array_elements_text(key_versions) version);
  newest integer := (select max(version) from unnest(kept) version);
  retired integer := 0;
begin
  if not exists (
    select from bank.customers customer
     where customer.ssn_ciphertext is not null
       and not exists (select from bank.ssn_indexes entry where entry.customer_id = customer.id and entry.key_version = newest)
  ) then
    delete from bank.ssn_indexes entry where entry.key_version <> all (kept);
    get diagnostics retired = row_count;
  end if;
  if retired > 0 then
    perform bank.record_event('SsnIndexesRetired', 'ssn_reindex', run_id, caller,
      jsonb_build_object('key_versions', key_versions, 'retired', retired));
  end if;
  return jsonb_build_object('retired', retired);
end $$;

-- Adds indexes under a key version: entries is a list of {customer_id, mac}. One that is there already stays. A number that
-- another customer has under this version is left out and named.
create or replace function bank.add_ssn_indexes(run_id uuid, key_version integer, entries jsonb, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  entry record;
  added jsonb := '[]';
  duplicates jsonb := '[]';
begin
  for entry in
    select * from jsonb_to_recordset(entries) as listed (customer_id uuid, mac text) order by listed.customer_id
  loop
    begin
      insert into bank.ssn_indexes (customer_id, key_version, mac)
      values (entry.customer_id, add_ssn_indexes.key_version, decode(entry.mac, 'base64'))
      on conflict on constraint ssn_indexes_pkey do nothing;
      if found then
        added := added || to_jsonb(entry.customer_id);
      end if;
    exception when unique_violation then
      duplicates := duplicates || to_jsonb(entry.customer_id);
    end;
  end loop;
  perform bank.record_event('SsnsReindexed', 'ssn_reindex', run_id, caller, jsonb_build_object(
    'key_version', key_version, 'customers', added, 'duplicates', duplicates));
  return jsonb_build_object('added', jsonb_array_length(added), 'duplicates', duplicates);
end $$;

-- A batch of the customers whose number has no index under a key version, by id after a given one, with the ciphertexts.
-- Who took them is recorded like any other reading.
create or replace function bank.list_unindexed_ssns(run_id uuid, key_version integer, after_id uuid, batch_size integer, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  batch jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('customer_id', missing.id, 'ciphertext', encode(missing.ssn_ciphertext, 'base64'))
                            order by missing.id), '[]')
    into batch
    from (
      select customer.id, customer.ssn_ciphertext from bank.customers customer
       where customer.ssn_ciphertext is not null
         and (after_id is null or customer.id > after_id)
         and not exists (select from bank.ssn_indexes entry
                          where entry.customer_id = customer.id and entry.key_version = list_unindexed_ssns.key_version)
       order by customer.id
       limit batch_size
    ) missing;
  if batch <> '[]' then
    perform bank.record_event('SsnsReadForReindex', 'ssn_reindex', run_id, caller, jsonb_build_object(
      'key_version', key_version, 'customers', jsonb_path_query_array(batch, '$[*].customer_id')));
  end if;
  return jsonb_build_object('customers', batch);
end $$;

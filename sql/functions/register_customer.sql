-- Makes the caller, a user of the identity provider, a customer of the bank.
-- details: first_name, last_name, email, phone, date_of_birth, address. ssn: ciphertext, last4, and indexes, a list of
-- {key_version, mac} in the order of the versions; bytes are Base64. The number itself never comes here.
create or replace function bank.register_customer(command_id uuid, details jsonb, ssn jsonb, idempotency_key text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  new_id uuid := (caller ->> 'id')::uuid;
  -- The index, being keyed, also keeps the rest of the request from being guessed from its hash.
  request_hash bytea := sha256(convert_to(jsonb_build_array('CUSTOMER', details, ssn -> 'indexes' -> 0)::text, 'UTF8'));
  answer jsonb;
  violated text;
begin
  answer := bank.admit_command(caller, idempotency_key, command_id, request_hash);
  if answer is not null then
    return bank.customer_answer(answer);
  end if;

  -- Of several that register the same number, address or phone at once, one gets in; the rest wait for it and are refused.
  begin
    insert into bank.customers (id, first_name, last_name, email, phone, date_of_birth, address, ssn_ciphertext, ssn_last4)
    values (new_id, details ->> 'first_name', details ->> 'last_name', details ->> 'email', details ->> 'phone',
      (details ->> 'date_of_birth')::date, details -> 'address', decode(ssn ->> 'ciphertext', 'base64'), ssn ->> 'last4');
    insert into bank.ssn_indexes (customer_id, key_version, mac)
    select new_id, entry.key_version, decode(entry.mac, 'base64')
      from jsonb_to_recordset(ssn -> 'indexes') as entry (key_version integer, mac text);
  exception when unique_violation then
    get stacked diagnostics violated = constraint_name;
    return bank.refuse_duplicate(violated);
  end;

  perform bank.record_event('CustomerRegistered', 'customer', new_id, caller, '{}');
  return bank.customer_answer(
    bank.store_answer(caller, idempotency_key, command_id, request_hash, jsonb_build_object('customer_id', new_id)));
end $$;

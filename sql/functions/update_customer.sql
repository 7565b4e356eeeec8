-- Changes the caller's own email, phone or address (changes has those that change). Where an expected version is given, the
-- record must be at it still.
create or replace function bank.update_customer(command_id uuid, changes jsonb, expected_version bigint, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(command_id::text, 'UTF8'));
  answer jsonb;
  was bank.customers;
  customer bank.customers;
  violated text;
begin
  answer := bank.admit_command(caller, command_id::text, command_id, request_hash);
  if answer is not null then
    return bank.customer_answer(answer);
  end if;

  select * into was from bank.customers where id = (caller ->> 'id')::uuid for no key update;
  if not found then
    return bank.refusal('CUSTOMER_NOT_FOUND');
  elsif was.version <> expected_version then
    return bank.refusal('VERSION_CONFLICT');
  end if;

  begin
    update bank.customers
       set email = coalesce(changes ->> 'email', was.email),
           phone = coalesce(changes ->> 'phone', was.phone),
           address = coalesce(changes -> 'address', was.address),
           version = was.version + 1,
           updated_at = clock_timestamp()
     where id = was.id returning * into customer;
  exception when unique_violation then
    get stacked diagnostics violated = constraint_name;
    return bank.refuse_duplicate(violated);
  end;

  if lower(customer.email) <> lower(was.email) then
    insert into bank.former_emails (customer_id, version, email) values (customer.id, customer.version, was.email);
  end if;
  perform bank.record_customer_change('CustomerUpdated', was, customer, null, caller);
  return bank.customer_answer(bank.store_answer(
    caller, command_id::text, command_id, request_hash, jsonb_build_object('customer_id', customer.id)));
end $$;

-- Makes a user of the identity provider a customer of the bank. Registering the same user again answers as the first time.
create or replace function bank.register_customer(
  customer_id uuid, first_name text, last_name text, email text, phone text, date_of_birth date, address jsonb, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  insert into bank.customers (id, first_name, last_name, email, phone, date_of_birth, address)
  values (customer_id, first_name, last_name, email, phone, date_of_birth, address)
  on conflict (id) do nothing;
  if found then
    perform bank.record_event('CustomerRegistered', 'customer', customer_id, caller, '{}');
  end if;
  return jsonb_build_object('customer_id', customer_id);
end $$;

-- One customer, if the caller may see it: a customer itself, staff any.
create or replace function bank.read_customer(customer_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  answer jsonb := bank.admit_caller(caller);
begin
  if answer is not null then
    return answer;
  elsif bank.is_self_service(caller) and customer_id <> (caller ->> 'id')::uuid then
    return bank.refusal('FORBIDDEN', 'id');
  end if;
  select jsonb_build_object('customer', bank.customer_json(customer)) into answer
    from bank.customers customer where customer.id = customer_id;
  return coalesce(answer, bank.refusal('CUSTOMER_NOT_FOUND', 'id'));
end $$;

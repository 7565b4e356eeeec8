-- Takes a customer from one status to another, with the event that says so and why. With four eyes, who froze it can't let it in again;
-- what the bank's own rules froze, anybody can.
create or replace function bank.move_customer_status(
  command_id uuid, customer_id uuid, from_status text, to_status text, event_type text, reason text,
  four_eyes boolean, caller jsonb
) returns jsonb
language plpgsql as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array(event_type, customer_id, reason)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  was bank.customers;
  customer bank.customers;
begin
  if answer is not null then
    return bank.customer_answer(answer);
  end if;

  select * into was from bank.customers where id = customer_id for no key update;
  if not found then
    return bank.refusal('CUSTOMER_NOT_FOUND', 'id');
  elsif was.status <> from_status then
    return bank.refusal('WRONG_STATUS', 'id');
  elsif four_eyes and was.frozen_by = (caller ->> 'id')::uuid then
    return bank.refusal('FOUR_EYES_REQUIRED', 'id');
  end if;

  update bank.customers
     set status = to_status, frozen_by = case to_status when 'FROZEN' then (caller ->> 'id')::uuid end,
         version = was.version + 1, updated_at = clock_timestamp()
   where id = was.id returning * into customer;
  perform bank.record_customer_change(event_type, was, customer, reason, caller);
  return bank.customer_answer(bank.store_answer(
    caller, command_id::text, command_id, request_hash, jsonb_build_object('customer_id', customer.id)));
end $$;

-- Decides whether a customer's identity is verified: VERIFIED or REJECTED, for a reason. A later decision replaces it.
create or replace function bank.review_customer(command_id uuid, customer_id uuid, decision text, reason text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array('REVIEW_CUSTOMER', customer_id, decision, reason)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  was bank.customers;
  customer bank.customers;
begin
  if answer is not null then
    return bank.customer_answer(answer);
  elsif customer_id = (caller ->> 'id')::uuid then
    -- Nobody vouches for itself.
    return bank.refusal('FORBIDDEN', 'id');
  end if;

  select * into was from bank.customers where id = customer_id for no key update;
  if not found then
    return bank.refusal('CUSTOMER_NOT_FOUND', 'id');
  end if;

  update bank.customers
     set kyc_verified = decision = 'VERIFIED',
         kyc_decided_at = clock_timestamp(),
         kyc_decided_by = (caller ->> 'id')::uuid,
         kyc_reason = reason,
         version = was.version + 1,
         updated_at = clock_timestamp()
   where id = was.id returning * into customer;
  perform bank.record_customer_change('CustomerReviewed', was, customer, reason, caller);
  return bank.customer_answer(bank.store_answer(
    caller, command_id::text, command_id, request_hash, jsonb_build_object('customer_id', customer.id)));
end $$;

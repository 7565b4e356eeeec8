-- The ciphertext of a customer's social security number, Base64. The event that says who asked and why is committed with the
-- answer: nobody can decrypt what it has been given before that stands. Each call leaves one, a repeated one too.
create or replace function bank.read_ssn_ciphertext(customer_id uuid, reason text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  answer jsonb := bank.admit_caller(caller);
begin
  if answer is not null then
    return answer;
  elsif bank.is_self_service(caller) then
    return bank.refusal('FORBIDDEN');
  end if;
  select jsonb_build_object('customer_id', customer.id, 'ciphertext', encode(customer.ssn_ciphertext, 'base64')) into answer
    from bank.customers customer where customer.id = read_ssn_ciphertext.customer_id and customer.ssn_ciphertext is not null;
  if answer is null then
    return bank.refusal('CUSTOMER_NOT_FOUND', 'id');
  end if;
  perform bank.record_event('SsnRevealed', 'customer', customer_id, caller, jsonb_build_object('reason', reason));
  return answer;
end $$;

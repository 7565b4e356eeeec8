-- The refusal that a broken unique constraint of the customers means.
create or replace function bank.refuse_duplicate(violated text) returns jsonb
language plpgsql immutable as $$
begin
  case violated
    when 'customers_pkey' then return bank.refusal('ALREADY_REGISTERED');
    when 'customers_email_key' then return bank.refusal('EMAIL_TAKEN', 'email');
    when 'customers_phone_key' then return bank.refusal('PHONE_TAKEN', 'phone');
    when 'ssn_indexes_taken' then return bank.refusal('SSN_TAKEN', 'ssn');
  end case;
end $$;

-- A customer as callers read it: of the social security number, the last four digits.
create or replace function bank.customer_json(customer bank.customers) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', customer.id,
    'first_name', customer.first_name,
    'last_name', customer.last_name,
    'email', customer.email,
    'phone', customer.phone,
    'date_of_birth', customer.date_of_birth,
    'address', customer.address,
    'ssn_last4', customer.ssn_last4,
    'kyc_verified', customer.kyc_verified,
    'status', customer.status,
    'version', customer.version,
    'created_at', customer.created_at,
    'updated_at', customer.updated_at)
$$;

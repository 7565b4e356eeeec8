-- Who runs a customer's standing order: the customer, held to its own accounts, from no address, and not counted for its limits.
create or replace function bank.standing_order_caller(customer_id uuid) returns jsonb
language sql immutable as $$
  select jsonb_build_object('id', customer_id, 'roles', jsonb_build_array('customer'), 'own_accounts_only', true, 'scheduled', true)
$$;

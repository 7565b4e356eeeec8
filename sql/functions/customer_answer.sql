-- The answer to a command about a customer, from what is stored under its key. Only the customer's id is stored: what the
-- customer is called and where it lives is kept once, in its row, and a replay answers the row as it is now.
create or replace function bank.customer_answer(stored jsonb) returns jsonb
language sql stable as $$
  select coalesce(
    (select (stored - 'customer_id') || jsonb_build_object('customer', bank.customer_json(customer))
       from bank.customers customer where customer.id = (stored ->> 'customer_id')::uuid),
    stored)
$$;

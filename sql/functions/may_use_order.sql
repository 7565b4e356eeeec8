-- Whether the caller may use a standing order: staff any, a customer those on its own accounts.
create or replace function bank.may_use_order(item bank.standing_orders, caller jsonb) returns boolean
language sql stable as $$
  select not bank.is_self_service(caller) or item.customer_id = (caller ->> 'id')::uuid
$$;

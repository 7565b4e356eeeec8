-- What an event says of a standing order: all but its description, in which people write about people.
create or replace function bank.standing_order_facts(item bank.standing_orders) returns jsonb
language sql stable as $$
  select bank.standing_order_json(item) - 'description'
$$;

-- What an event says of a hold: all but its description, in which people write about people.
create or replace function bank.hold_facts(hold bank.holds) returns jsonb
language sql stable as $$
  select bank.hold_json(hold) - 'description'
$$;

-- Writes down who is to hear of an event, and answers to how many.
create or replace function bank.create_notifications(entry bank.events) returns integer
language sql volatile as $$
  select 0
$$;

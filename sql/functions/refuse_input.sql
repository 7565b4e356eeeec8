-- A refusal of what was sent, where only the database can tell that it will not do: the request's field, and what it must be.
create or replace function bank.refuse_input(field text, message text) returns jsonb
language sql immutable as $$
  select jsonb_build_object('refusal', jsonb_build_object('code', 'INVALID_REQUEST', 'field', field, 'message', message))
$$;

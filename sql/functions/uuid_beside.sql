-- A UUID version 7 of the same millisecond as another, whose first 15 characters are given: for many at once, in half the time.
create or replace function bank.uuid_beside(prefix text) returns uuid
language sql volatile as $$
  select (prefix || substr(gen_random_uuid()::text, 16))::uuid
$$;

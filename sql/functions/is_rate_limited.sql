-- Whether what the caller does counts for its limits: what a customer asks for does, what the bank's schedules do on its behalf does not.
create or replace function bank.is_rate_limited(caller jsonb) returns boolean
language sql immutable as $$
  select bank.is_self_service(caller) and not coalesce((caller ->> 'scheduled')::boolean, false)
$$;

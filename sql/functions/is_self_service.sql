-- Whether the caller acts as a customer, held to what is its own. One that does not say is.
create or replace function bank.is_self_service(caller jsonb) returns boolean
language sql immutable as $$
  select coalesce((caller ->> 'own_accounts_only')::boolean, true)
$$;

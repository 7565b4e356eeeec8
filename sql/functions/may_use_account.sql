-- Whether the caller may use an account: staff any, a customer its own. A caller that does not say is held to its own.
create or replace function bank.may_use_account(account bank.accounts, caller jsonb) returns boolean
language sql stable as $$
  select not coalesce((caller ->> 'own_accounts_only')::boolean, true) or account.customer_id = (caller ->> 'id')::uuid
$$;

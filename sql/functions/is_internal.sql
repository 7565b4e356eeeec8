-- Whether an account is one of the bank's own in a currency.
create or replace function bank.is_internal(account_id uuid, currency text) returns boolean
language sql stable as $$
  select exists (
    select from bank.internal_accounts internal where internal.id = account_id and internal.currency = is_internal.currency)
$$;

-- Opens an account for a customer. Self-service callers are held to a number of accounts; the customer's row is locked, so two
-- requests at once can't both be the last one allowed. verified_only asks for a customer whose identity has been verified.
create or replace function bank.open_account(
  account_id uuid, customer_id uuid, account_type text, currency text, interest_rate numeric, overdraft_limit numeric,
  account_limit integer, verified_only boolean, idempotency_key text, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array(
    'ACCOUNT', customer_id, account_type, currency, trim_scale(interest_rate)::text, trim_scale(overdraft_limit)::text)::text, 'UTF8'));
  answer jsonb;
  owner bank.customers;
  account bank.accounts;
begin
  answer := bank.admit_command(caller, idempotency_key, account_id, request_hash);
  if answer is not null then
    return answer;
  end if;

  perform from bank.currencies where code = open_account.currency;
  if not found then
    return bank.refusal('INVALID_REQUEST', 'currency');
  elsif not bank.amount_fits(overdraft_limit, currency) then
    return bank.refusal('AMOUNT_NOT_REPRESENTABLE', 'overdraft_limit');
  end if;

  select * into owner from bank.customers where id = open_account.customer_id for no key update;
  if not found then
    return bank.refusal('CUSTOMER_NOT_FOUND', 'customer_id');
  elsif verified_only and not owner.kyc_verified then
    return bank.refusal('CUSTOMER_NOT_VERIFIED', 'customer_id');
  elsif account_limit <= (select count(*) from bank.accounts held where held.customer_id = open_account.customer_id and held.status <> 'CLOSED') then
    return bank.refusal('TOO_MANY_ACCOUNTS');
  end if;

  insert into bank.accounts (id, account_number, customer_id, account_type, currency, interest_rate, overdraft_limit)
  values (account_id, bank.new_account_number(), customer_id, account_type, currency, interest_rate, overdraft_limit)
  returning * into account;
  insert into bank.interest_rates (account_id, valid_from, account_version, rate)
  values (account.id, bank.open_day(), account.version, account.interest_rate);
  perform bank.record_event('AccountOpened', 'account', account.id, caller, bank.account_json(account));
  return bank.store_answer(caller, idempotency_key, account_id, request_hash, jsonb_build_object('account', bank.account_json(account)));
end $$;

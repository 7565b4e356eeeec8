-- Changes an account's overdraft limit or interest rate; null leaves one as it is. Where an expected version is given, the account
-- must be at it still. An overdraft that is in use can't be taken away.
create or replace function bank.update_account(
  command_id uuid, account_id uuid, overdraft_limit numeric, interest_rate numeric, expected_version bigint, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array(
    'UPDATE_ACCOUNT', account_id, trim_scale(overdraft_limit)::text, trim_scale(interest_rate)::text, expected_version)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  was bank.accounts;
  account bank.accounts;
begin
  if answer is not null then
    return answer;
  end if;

  select * into was from bank.accounts where id = account_id for no key update;
  if not found then
    return bank.refusal('ACCOUNT_NOT_FOUND', 'id');
  elsif expected_version <> was.version then
    return bank.refusal('VERSION_CONFLICT');
  elsif was.status = 'CLOSED' then
    return bank.refusal('WRONG_STATUS', 'id');
  elsif not bank.amount_fits(overdraft_limit, was.currency) then
    return bank.refusal('AMOUNT_NOT_REPRESENTABLE', 'overdraft_limit');
  elsif was.balance + overdraft_limit < 0 then
    return bank.refusal('INSUFFICIENT_FUNDS', 'overdraft_limit');
  end if;

  update bank.accounts as kept
     set overdraft_limit = coalesce(update_account.overdraft_limit, kept.overdraft_limit),
         interest_rate = coalesce(update_account.interest_rate, kept.interest_rate),
         version = kept.version + 1,
         updated_at = clock_timestamp()
   where kept.id = account_id returning * into account;
  if account.interest_rate <> was.interest_rate then
    perform bank.record_rate(account, bank.open_day());
  end if;
  perform bank.record_account_change('AccountUpdated', was, account, null, caller);
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('account', bank.account_json(account)));
end $$;

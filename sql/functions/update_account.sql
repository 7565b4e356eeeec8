-- Changes an account's overdraft limit or interest rate; null leaves one as it is. Where an expected version is given, the account
-- must be at it still. An overdraft that is in use or held can't be taken away.
-- A rate holds from the day that is open, or from an earlier one that is named, until the next one that was set for a later day: then the
-- interest of the days since is adjusted.
create or replace function bank.update_account(
  command_id uuid, account_id uuid, overdraft_limit numeric, interest_rate numeric, interest_rate_from date, expected_version bigint, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array('UPDATE_ACCOUNT', account_id, trim_scale(overdraft_limit)::text,
    trim_scale(interest_rate)::text, interest_rate_from, expected_version)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  today date := bank.open_day();
  valid_from date := coalesce(interest_rate_from, today);
  rate numeric;
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
  end if;
  was := bank.end_due_holds(was);
  if was.balance + overdraft_limit - was.held < 0 then
    return bank.refusal('INSUFFICIENT_FUNDS', 'overdraft_limit');
  elsif interest_rate_from > today or interest_rate_from is not null and bank.rate_on(account_id, interest_rate_from) is null then
    return bank.refusal('INVALID_REQUEST', 'interest_rate_from');
  end if;

  if interest_rate <> was.interest_rate or interest_rate_from is not null then
    insert into bank.interest_rates (account_id, valid_from, account_version, rate)
    values (was.id, valid_from, was.version + 1, interest_rate);
    perform bank.note_revision(was.id, valid_from, command_id);
    rate := bank.rate_on(was.id, today);
  end if;
  update bank.accounts as kept
     set overdraft_limit = coalesce(update_account.overdraft_limit, kept.overdraft_limit),
         interest_rate = coalesce(rate, kept.interest_rate),
         version = kept.version + 1,
         updated_at = clock_timestamp()
   where kept.id = was.id returning * into account;
  perform bank.record_account_change('AccountUpdated', was, account,
    'Interest of ' || trim_scale(interest_rate) || ' from ' || interest_rate_from, caller);
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('account', bank.account_json(account)));
end $$;

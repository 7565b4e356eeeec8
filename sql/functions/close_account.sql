-- Closes an active account, for good. Its interest is posted through yesterday, then what it holds is moved, in the same commit, to another
-- account of the same customer where one is named; without one, and where money is owed or held, the account stays. What is left of the
-- interest, half a minor unit at most, is given up.
create or replace function bank.close_account(
  command_id uuid, account_id uuid, sweep_to_account_id uuid, reason text, idempotency_key text, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array('CLOSE_ACCOUNT', account_id, sweep_to_account_id, reason)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, idempotency_key, command_id, request_hash);
  locked bank.accounts;
  was bank.accounts;
  target bank.accounts;
  account bank.accounts;
  interest numeric;
begin
  if answer is not null then
    return answer;
  end if;

  -- The order of every movement, so that closing and moving never wait for each other.
  for locked in
    select * from bank.accounts where id in (account_id, sweep_to_account_id) order by id for no key update
  loop
    if locked.id = account_id then was := locked; else target := locked; end if;
  end loop;

  if was.id is null then
    return bank.refusal('ACCOUNT_NOT_FOUND', 'id');
  elsif was.status <> 'ACTIVE' then
    return bank.refusal('WRONG_STATUS', 'id');
  end if;
  was := bank.end_due_holds(was);
  if was.held > 0 then
    return bank.refusal('HOLDS_OPEN', 'id');
  end if;

  perform bank.catch_up_interest(account_id);
  select * into was from bank.accounts where id = account_id;
  interest := bank.round_half_even(bank.unposted_interest(account_id), bank.minor_units(was.currency));
  if was.balance + interest < 0 or was.balance + interest > 0 and sweep_to_account_id is null then
    return bank.refusal('BALANCE_NOT_ZERO', 'id');
  elsif interest <> 0 then
    perform bank.capitalise_interest(bank.open_day() - 1, account_id, account_id);
    select * into was from bank.accounts where id = account_id;
  end if;
  if was.balance > 0 then
    answer := bank.sweep_account(was, target, caller);
    if answer ? 'refusal' then
      return answer;
    end if;
  end if;

  update bank.accounts set status = 'CLOSED', version = version + 1, updated_at = clock_timestamp()
   where id = account_id returning * into account;
  perform bank.record_account_change('AccountClosed', was, account, reason, caller);
  return bank.store_answer(caller, idempotency_key, command_id, request_hash, jsonb_build_object('account', bank.account_json(account)));
end $$;

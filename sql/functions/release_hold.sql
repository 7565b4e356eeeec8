-- Lets go of what is left of a hold, also on an account that is frozen. Releasing it again changes nothing and leaves one event.
create or replace function bank.release_hold(command_id uuid, hold_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array('RELEASE_HOLD', hold_id)::text, 'UTF8'));
  answer jsonb := bank.admit_command(caller, command_id::text, command_id, request_hash);
  account bank.accounts;
  hold bank.holds;
  at timestamptz;
begin
  if answer is not null then
    return answer;
  end if;
  answer := bank.find_hold(hold_id, caller);
  if answer ? 'refusal' then
    return answer;
  end if;

  select * into strict account from bank.accounts where id = (answer -> 'hold' ->> 'account_id')::uuid for no key update;
  account := bank.end_due_holds(account);
  select * into strict hold from bank.holds where id = hold_id;
  if hold.status = 'RELEASED' then
    return jsonb_build_object('hold', bank.hold_json(hold));
  elsif hold.status <> 'OPEN' then
    return bank.refusal('HOLD_NOT_OPEN', 'id');
  end if;

  at := clock_timestamp();
  update bank.holds set status = 'RELEASED', ended_at = at where id = hold_id returning * into hold;
  update bank.accounts set held = held - hold.amount + hold.captured, version = version + 1, updated_at = at where id = account.id;
  perform bank.record_event('HoldReleased', 'hold', hold.id, caller, bank.hold_facts(hold));
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('hold', bank.hold_json(hold)));
end $$;

-- Takes an account from one status to another, with the event that says so and why. With four eyes, who froze it can't let it go again;
-- what the bank's own rules froze, anybody can.
create or replace function bank.move_account_status(
  command_id uuid, account_id uuid, from_status text, to_status text, event_type text, reason text,
  four_eyes boolean, caller jsonb
) returns jsonb
language plpgsql as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array(event_type, account_id, reason)::text, 'UTF8'));
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
  elsif was.status <> from_status then
    return bank.refusal('WRONG_STATUS', 'id');
  elsif four_eyes and was.frozen_by = (caller ->> 'id')::uuid then
    return bank.refusal('FOUR_EYES_REQUIRED', 'id');
  end if;

  update bank.accounts
     set status = to_status, frozen_by = case to_status when 'FROZEN' then (caller ->> 'id')::uuid end,
         version = version + 1, updated_at = clock_timestamp()
   where id = account_id returning * into account;
  perform bank.record_account_change(event_type, was, account, reason, caller);
  return bank.store_answer(caller, command_id::text, command_id, request_hash, jsonb_build_object('account', bank.account_json(account)));
end $$;

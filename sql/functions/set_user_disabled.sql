-- Keeps a user out from its next call on, or lets it in again. Saying so twice changes nothing and leaves one event. Nobody decides this
-- of itself.
create or replace function bank.set_user_disabled(command_id uuid, target_id uuid, disabled boolean, reason text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array('USER_DISABLED', target_id, disabled, reason)::text, 'UTF8'));
  answer jsonb := bank.admit_staff(caller, command_id::text, command_id, request_hash);
  changed boolean;
begin
  if answer is not null then
    return answer;
  elsif target_id = (caller ->> 'id')::uuid then
    return bank.refusal('FORBIDDEN', 'id');
  end if;

  if disabled then
    insert into bank.disabled_users (user_id) values (target_id) on conflict do nothing;
  else
    delete from bank.disabled_users where user_id = target_id;
  end if;
  changed := found;
  if changed then
    perform bank.record_event(case when disabled then 'UserDisabled' else 'UserEnabled' end, 'user', target_id, caller,
      jsonb_build_object('reason', reason, 'old', jsonb_build_object('disabled', not disabled), 'new', jsonb_build_object('disabled', disabled)));
  end if;
  return bank.store_answer(caller, command_id::text, command_id, request_hash,
    jsonb_build_object('user', jsonb_build_object('user_id', target_id, 'disabled', disabled)));
end $$;

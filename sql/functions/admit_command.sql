-- The first thing that every command of a customer's does: claims its key, then counts the request. Returns null when the command is to
-- be carried out, else its answer.
-- The key comes first: a command in flight holds its caller's counter until commit, and a second one under its key is to be told
-- so at once. That one is not counted; every other request is, replays included.
create or replace function bank.admit_command(caller jsonb, key text, command_id uuid, request_hash bytea) returns jsonb
language plpgsql as $$
declare
  claimed jsonb := bank.claim_key(caller, key, command_id, request_hash);
begin
  if claimed -> 'refusal' ->> 'code' = 'REQUEST_IN_FLIGHT' and not claimed ? 'replayed' then
    return claimed;
  end if;
  return coalesce(bank.admit_caller(caller), claimed);
end $$;

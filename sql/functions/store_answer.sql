-- Keeps a command's answer under its key and returns it.
create or replace function bank.store_answer(caller jsonb, key text, command_id uuid, request_hash bytea, answer jsonb) returns jsonb
language plpgsql as $$
begin
  insert into bank.idempotency_keys (actor_id, key, command_id, request_hash, answer)
  values ((caller ->> 'id')::uuid, key, command_id, request_hash, answer);
  return answer;
end $$;

-- The first thing that every function for staff does which changes something: refuses a caller that acts as a customer, and claims the
-- command's key. Returns null when the command is to be carried out, else its answer.
create or replace function bank.admit_staff(caller jsonb, key text, command_id uuid, request_hash bytea) returns jsonb
language plpgsql as $$
begin
  return coalesce(
    bank.admit_caller(caller),
    case when bank.is_self_service(caller) then bank.refusal('FORBIDDEN') end,
    bank.claim_key(caller, key, command_id, request_hash));
end $$;

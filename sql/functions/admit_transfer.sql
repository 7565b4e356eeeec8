-- As admit_command, for a command that counts as so many transfers too, unless it is a replay. Answers {"answer": …} when it is not to be carried
-- out; else {"rate_limit": how the caller stands}, or {} for one who is not limited.
-- Over the limit nothing is written and no key is spent.
create or replace function bank.admit_transfer(caller jsonb, key text, command_id uuid, request_hash bytea, transfers integer default 1) returns jsonb
language plpgsql as $$
declare
  claimed jsonb := bank.claim_key(caller, key, command_id, request_hash);
  admitted jsonb;
begin
  if claimed -> 'refusal' ->> 'code' = 'REQUEST_IN_FLIGHT' and not claimed ? 'replayed' then
    return jsonb_build_object('answer', claimed);
  end if;
  admitted := bank.admit_caller(caller, case when claimed is null then transfers else 0 end);
  if admitted ? 'refusal' then
    return jsonb_build_object('answer', admitted);
  elsif claimed is not null then
    return jsonb_build_object('answer', claimed);
  end if;
  return coalesce(admitted, '{}');
end $$;

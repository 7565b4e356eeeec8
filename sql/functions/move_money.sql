-- The story of every movement, in one statement of the client's and one commit.
-- Answers {"transaction": …}, or {"refusal": {"code", "field"}, "transaction"?: the FAILED one}; a replay adds "replayed": true, and
-- a customer's transfer "rate_limit": how it stands with its limit.
create or replace function bank.move_money(movement bank.movement) returns jsonb
language plpgsql as $$
declare
  request_hash bytea := bank.movement_hash(movement);
  admission jsonb := '{}';
  answer jsonb;
  refusal jsonb;
  source bank.accounts;
  destination bank.accounts;
  verdict jsonb;
begin
  if movement.transaction_type = 'TRANSFER' then
    admission := bank.admit_transfer(movement.caller, movement.idempotency_key, movement.id, request_hash);
    answer := admission -> 'answer';
  else
    answer := bank.admit_command(movement.caller, movement.idempotency_key, movement.id, request_hash);
  end if;
  if answer is not null then
    return answer;
  end if;

  -- One global order for everybody, by id: two opposing transfers queue up, they never wait for each other.
  if movement.from_account_id < movement.to_account_id then
    select * into source from bank.accounts where id = movement.from_account_id for no key update;
    select * into destination from bank.accounts where id = movement.to_account_id for no key update;
  else
    select * into destination from bank.accounts where id = movement.to_account_id and id is distinct from movement.from_account_id for no key update;
    select * into source from bank.accounts where id = movement.from_account_id for no key update;
  end if;
  if source.held > 0 then
    source := bank.end_due_holds(source);
  end if;

  if movement.transaction_type = 'REVERSAL' then
    refusal := bank.refuse_reversal(movement.reverses_transaction_id, movement.value_date);
  end if;
  refusal := coalesce(refusal, bank.refuse_movement(movement, source, destination));

  if refusal is null and movement.transaction_type = 'TRANSFER' then
    verdict := bank.judge_transfer(movement, source, destination);
    if bank.blocks_transfer(verdict) then
      refusal := bank.refusal('FRAUD_BLOCKED');
    end if;
  end if;

  if refusal -> 'refusal' ->> 'code' in ('AMOUNT_NOT_REPRESENTABLE', 'INVALID_REQUEST') then
    return refusal; -- bad input changes nothing and spends no key
  elsif refusal is not null then
    answer := bank.record_refusal(movement, refusal, case when movement.from_account_id is null then destination else source end, verdict);
  else
    answer := bank.post_entry(movement, source, destination, verdict);
  end if;
  -- How the caller stands is not part of what is kept: a replay tells what happened, not how it was then.
  return bank.store_answer(movement.caller, movement.idempotency_key, movement.id, request_hash, answer) || admission;
end $$;

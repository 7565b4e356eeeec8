-- The story of every movement, in one statement of the client's and one commit.
-- Answers {"transaction": …}, or {"refusal": {"code", "field"}, "transaction"?: the FAILED one}; a replay adds "replayed": true, and
-- a customer's transfer "rate_limit": how it stands with its limit.
create or replace function bank.move_money(movement bank.movement) returns jsonb
language plpgsql as $$
declare
  answer jsonb;
  refusal jsonb;
  rate_limit jsonb := '{}';
  account bank.accounts;
  source bank.accounts;
  destination bank.accounts;
  verdict jsonb;
begin
  answer := bank.admit_command(movement.caller, movement.idempotency_key, movement.id, bank.movement_hash(movement));
  if answer is not null then
    return answer;
  end if;

  -- A replay is a request like any other, but no transfer. Over the limit nothing is written and no key is spent.
  if movement.transaction_type = 'TRANSFER' then
    rate_limit := coalesce(bank.admit_transfer(movement.caller), rate_limit);
    if rate_limit ? 'refusal' then
      return rate_limit;
    end if;
  end if;

  -- One global order for everybody: two opposing transfers queue up, they never wait for each other.
  for account in
    select * from bank.accounts where id in (movement.from_account_id, movement.to_account_id) order by id for no key update
  loop
    if account.id = movement.from_account_id then source := account; else destination := account; end if;
  end loop;
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
  -- Not part of the answer that is kept: a replay tells what happened, not how the caller stood then.
  return answer || rate_limit;
end $$;

-- Writes a capture that nothing speaks against: takes it off the hold and what the account holds, and posts the transfer.
create or replace function bank.post_capture(
  hold bank.holds, movement bank.movement, final boolean, source bank.accounts, destination bank.accounts
) returns jsonb
language plpgsql as $$
declare
  at timestamptz := clock_timestamp();
  rest numeric := hold.amount - hold.captured - movement.amount;
  ends boolean := final or rest = 0;
  answer jsonb;
begin
  update bank.holds kept
     set captured = kept.captured + movement.amount,
         status = case when ends then 'CAPTURED' else 'OPEN' end,
         ended_at = case when ends then at end
   where kept.id = hold.id returning * into hold;
  -- The account's version goes up when the money moves.
  update bank.accounts kept set held = kept.held - movement.amount - case when ends then rest else 0 end
   where kept.id = source.id returning * into source;
  insert into bank.hold_captures (transaction_id, hold_id, created_at) values (movement.id, hold.id, at);

  if bank.wants_alert(hold.verdict) then
    perform bank.raise_alert(movement.id, source.id, hold.verdict, movement.caller);
  end if;
  answer := bank.post_entry(movement, source, destination, hold.verdict);
  perform bank.record_event('HoldCaptured', 'hold', hold.id, movement.caller, bank.hold_facts(hold) || jsonb_build_object(
    'transaction_id', movement.id, 'transaction_amount', bank.money_text(movement.amount, hold.currency)));
  return answer || jsonb_build_object('hold', bank.hold_json(hold));
end $$;

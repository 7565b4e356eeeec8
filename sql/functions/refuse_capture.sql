-- Why a hold may not be captured as asked, or null. The accounts are locked, expired holds have ended, and the hold was read after that.
create or replace function bank.refuse_capture(
  hold bank.holds, movement bank.movement, source bank.accounts, destination bank.accounts
) returns jsonb
language plpgsql as $$
declare
  refusal jsonb;
begin
  if not bank.may_use_account(source, movement.caller) then
    return bank.refusal('NOT_YOUR_ACCOUNT', 'id');
  elsif movement.to_account_id = source.id then
    return bank.refuse_input('to_account_id', 'must be another account than the one that pays');
  elsif not bank.amount_fits(movement.amount, hold.currency) then
    return bank.refusal('AMOUNT_NOT_REPRESENTABLE', 'amount');
  elsif hold.status <> 'OPEN' then
    return bank.refusal('HOLD_NOT_OPEN', 'id');
  elsif movement.amount > hold.amount - hold.captured then
    return bank.refusal('CAPTURE_EXCEEDS_HOLD', 'amount');
  end if;
  -- What is captured is no longer held: for this, the money is there.
  source.held := source.held - movement.amount;
  refusal := bank.refuse_movement(movement, source, destination);
  if refusal -> 'refusal' ->> 'field' = 'from_account_id' then
    return jsonb_set(refusal, '{refusal,field}', '"id"');
  end if;
  return refusal;
end $$;

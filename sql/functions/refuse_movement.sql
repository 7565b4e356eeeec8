-- Why a movement may not happen, or null. The rows given are locked; a side that is an internal account is all null.
-- What a stranger may not know of an account comes after the question whether the caller may use it.
create or replace function bank.refuse_movement(movement bank.movement, source bank.accounts, destination bank.accounts) returns jsonb
language plpgsql as $$
declare
  reversal boolean := movement.transaction_type = 'REVERSAL';
  source_field text := case when reversal then 'id' when movement.to_account_id is null then 'account_id' else 'from_account_id' end;
  destination_field text := case when reversal then 'id' when movement.from_account_id is null then 'account_id' else 'to_account_id' end;
  amount_field text := case when reversal then 'id' else 'amount' end;
begin
  if movement.from_account_id is not null and source.id is null then
    return bank.refusal('ACCOUNT_NOT_FOUND', source_field);
  elsif source.id is not null and not bank.may_use_account(source, movement.caller) then
    return bank.refusal('NOT_YOUR_ACCOUNT', source_field);
  elsif movement.to_account_id is not null and destination.id is null then
    return bank.refusal('ACCOUNT_NOT_FOUND', destination_field);
  elsif movement.from_account_id is null and not bank.may_use_account(destination, movement.caller) then
    return bank.refusal('NOT_YOUR_ACCOUNT', destination_field);
  elsif not bank.amount_fits(movement.amount, coalesce(source.currency, destination.currency)) then
    return bank.refusal('AMOUNT_NOT_REPRESENTABLE', amount_field);
  elsif source.status <> 'ACTIVE' then
    return bank.refusal('ACCOUNT_NOT_ACTIVE', source_field);
  elsif destination.status <> 'ACTIVE' then
    return bank.refusal('ACCOUNT_NOT_ACTIVE', destination_field);
  elsif source.currency <> destination.currency then
    return bank.refusal('CURRENCY_MISMATCH', destination_field);
  elsif destination.balance + movement.amount >= 1e15 then
    return bank.refusal('BALANCE_OUT_OF_RANGE', amount_field);
  elsif bank.available_balance(source) < movement.amount then
    return bank.refusal('INSUFFICIENT_FUNDS', amount_field);
  end if;
  return null;
end $$;

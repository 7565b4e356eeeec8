-- Why a movement may not happen, or null. The rows given are locked; a side that is an internal account is all null.
create or replace function bank.refuse_movement(movement bank.movement, source bank.accounts, destination bank.accounts) returns jsonb
language plpgsql as $$
declare
  source_field text := case when movement.to_account_id is null then 'account_id' else 'from_account_id' end;
  destination_field text := case when movement.from_account_id is null then 'account_id' else 'to_account_id' end;
begin
  if movement.from_account_id is not null then
    if source.id is null then
      return bank.refusal('ACCOUNT_NOT_FOUND', source_field);
    elsif not bank.may_use_account(source, movement.caller) then
      return bank.refusal('NOT_YOUR_ACCOUNT', source_field);
    elsif source.status <> 'ACTIVE' then
      return bank.refusal('ACCOUNT_NOT_ACTIVE', source_field);
    end if;
  end if;

  if movement.to_account_id is not null then
    if destination.id is null then
      return bank.refusal('ACCOUNT_NOT_FOUND', destination_field);
    elsif movement.from_account_id is null and not bank.may_use_account(destination, movement.caller) then
      return bank.refusal('NOT_YOUR_ACCOUNT', destination_field);
    elsif destination.status <> 'ACTIVE' then
      return bank.refusal('ACCOUNT_NOT_ACTIVE', destination_field);
    elsif source.currency <> destination.currency then
      return bank.refusal('CURRENCY_MISMATCH', destination_field);
    elsif destination.balance + movement.amount >= 1e15 then
      return bank.refusal('BALANCE_OUT_OF_RANGE', 'amount');
    end if;
  end if;

  if bank.available_balance(source) < movement.amount then
    return bank.refusal('INSUFFICIENT_FUNDS', 'amount');
  end if;

  return null;
end $$;

-- An account's balance at a moment between its opening and now, {"balance": {"account_id", "balance", "currency", "at"}}.
-- The answer is the same whenever it is asked for: of a moment that has just been, it waits for the movement that may be under way.
create or replace function bank.read_balance_at(account_id uuid, at timestamptz, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
  account bank.accounts;
begin
  if refusal is not null then
    return refusal;
  end if;
  select * into account from bank.accounts where id = account_id;
  if not found then
    return bank.refusal('ACCOUNT_NOT_FOUND', 'id');
  elsif not bank.may_use_account(account, caller) then
    return bank.refusal('NOT_YOUR_ACCOUNT', 'id');
  elsif at > clock_timestamp() then
    return bank.refuse_input('at', 'must not be in the future');
  elsif at < account.created_at then
    return bank.refuse_input('at', 'must not be before the account was opened, ' || (to_jsonb(account.created_at) #>> '{}'));
  end if;

  if not bank.is_settled(at) then
    -- Whoever moves the account holds its row; whoever comes after this reads a later clock.
    perform from bank.accounts where id = account.id for share;
  end if;
  return jsonb_build_object('balance', jsonb_build_object(
    'account_id', account.id,
    'balance', bank.money_text(bank.balance_at(account.id, at), account.currency),
    'currency', account.currency,
    'at', at));
end $$;

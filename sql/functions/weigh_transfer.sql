-- What the fraud gate makes of money that is to leave an account, with {"allowed": true} where a false alarm has left room for it.
create or replace function bank.weigh_transfer(movement bank.movement) returns jsonb
language plpgsql as $$
declare
  verdict jsonb := bank.score_transfer(
    movement.from_account_id, movement.amount, (movement.caller ->> 'id')::uuid, movement.caller ->> 'ip', clock_timestamp());
begin
  if bank.blocks_transfer(verdict) and bank.use_allowance(movement) then
    return verdict || '{"allowed": true}';
  end if;
  return verdict;
end $$;

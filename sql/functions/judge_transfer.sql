-- The fraud gate: what is thought of a transfer that nothing else speaks against, or null for one that is nobody's business but its
-- owner's: staff moving a customer's money between its own accounts, as when one is closed.
-- An outcome of MONITOR or less leaves its score in the event; from FLAG_FOR_REVIEW on there is an alert, in the same commit.
create or replace function bank.judge_transfer(movement bank.movement, source bank.accounts, destination bank.accounts) returns jsonb
language plpgsql as $$
declare
  verdict jsonb;
begin
  if source.customer_id = destination.customer_id and not bank.is_self_service(movement.caller) then
    return null;
  end if;
  verdict := bank.weigh_transfer(movement);
  if bank.wants_alert(verdict) then
    perform bank.raise_alert(movement.id, source.id, verdict, movement.caller);
  end if;
  return verdict;
end $$;

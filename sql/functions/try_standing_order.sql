-- Tries to pay a due date of a locked standing order, and answers as move_money does. Each try is a transfer with an id and a key of its
-- own that follow from the order, the due date and how often it was tried.
create or replace function bank.try_standing_order(item bank.standing_orders) returns jsonb
language plpgsql as $$
declare
  -- No caller's key has a space in it.
  name text := 'standing order ' || item.id || ' ' || item.due_date || ' ' || item.attempts;
  movement bank.movement;
begin
  movement.id := bank.name_uuid(name);
  movement.transaction_type := 'TRANSFER';
  movement.from_account_id := item.from_account_id;
  movement.to_account_id := item.to_account_id;
  movement.amount := item.amount;
  movement.description := item.description;
  movement.idempotency_key := name;
  movement.caller := bank.standing_order_caller(item.customer_id);
  return bank.move_money(movement);
exception
  when serialization_failure or deadlock_detected or lock_not_available then
    raise; -- not the order's fault: the whole call is sent again
  when others then
    -- One order that can't be worked on must not keep all the others from being paid.
    raise warning 'standing order % failed: % (%)', item.id, sqlerrm, sqlstate;
    return bank.refusal('INTERNAL_ERROR');
end $$;

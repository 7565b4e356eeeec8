-- The events of a due date that was tried: a failure, and when it is tried again; and that the order has come to its end. A payment has
-- its transaction's event.
create or replace function bank.record_standing_order_run(item bank.standing_orders, run bank.standing_order_runs) returns void
language plpgsql as $$
declare
  caller jsonb := bank.standing_order_caller(item.customer_id);
begin
  if run.status <> 'PAID' then
    perform bank.record_event('StandingOrderFailed', 'standing_order', item.id, caller,
      bank.standing_order_facts(item) || jsonb_build_object(
        'due_date', run.due_date,
        'failure_code', run.failure_code,
        'transaction_id', run.transaction_id,
        'attempts', run.attempts,
        'retry_on', case run.status when 'RETRYING' then item.attempt_on end));
  end if;
  if item.due_date is null then
    perform bank.record_event(case item.status when 'COMPLETED' then 'StandingOrderCompleted' else 'StandingOrderCancelled' end,
      'standing_order', item.id, caller, bank.standing_order_facts(item));
  end if;
end $$;

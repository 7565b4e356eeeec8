-- What a customer is told of its standing order: that a due date was tried and no money moved, and when it is tried again. What the fraud
-- rules stopped, it is told of by the transfer.
create or replace function bank.standing_order_notice(entry bank.events) returns bank.notice
language plpgsql stable as $$
declare
  account bank.accounts;
begin
  if entry.type <> 'StandingOrderFailed' or entry.data ->> 'failure_code' = 'FRAUD_BLOCKED' then
    return null;
  end if;
  select * into account from bank.accounts where id = (entry.data ->> 'from_account_id')::uuid;
  return row((entry.data ->> 'customer_id')::uuid, 'standing-order-failed', jsonb_strip_nulls(jsonb_build_object(
    'account', bank.account_hint(account),
    'amount', entry.data -> 'amount',
    'currency', entry.data -> 'currency',
    'due_date', entry.data -> 'due_date',
    'retry_on', entry.data -> 'retry_on')))::bank.notice;
end $$;

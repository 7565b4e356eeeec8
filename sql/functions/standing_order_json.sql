-- A standing order as callers read it.
create or replace function bank.standing_order_json(item bank.standing_orders) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', item.id,
    'customer_id', item.customer_id,
    'from_account_id', item.from_account_id,
    'to_account_id', item.to_account_id,
    'amount', bank.money_text(item.amount, item.currency),
    'currency', item.currency,
    'description', item.description,
    'frequency', item.frequency,
    'start_date', item.start_date,
    'end_date', item.end_date,
    'count', item.occurrences,
    'status', item.status,
    'next_date', item.due_date,
    'created_at', item.created_at,
    'updated_at', item.updated_at)
$$;

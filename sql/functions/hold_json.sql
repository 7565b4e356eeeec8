-- A hold as callers read it.
create or replace function bank.hold_json(hold bank.holds) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', hold.id,
    'account_id', hold.account_id,
    'amount', bank.money_text(hold.amount, hold.currency),
    'captured_amount', bank.money_text(hold.captured, hold.currency),
    'currency', hold.currency,
    'status', bank.hold_status(hold),
    'description', hold.description,
    'transaction_ids', (
      select coalesce(jsonb_agg(capture.transaction_id order by capture.created_at, capture.transaction_id), '[]')
        from bank.hold_captures capture where capture.hold_id = hold.id),
    'expires_at', hold.expires_at,
    'created_at', hold.created_at,
    'ended_at', case bank.hold_status(hold) when 'EXPIRED' then hold.expires_at else hold.ended_at end)
$$;

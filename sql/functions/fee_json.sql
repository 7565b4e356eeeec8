-- A fee as callers read it. It is WAIVED once its transaction is reversed, by whatever way.
create or replace function bank.fee_json(fee bank.fees) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'id', fee.id,
    'account_id', fee.account_id,
    'fee_type', fee.fee_type,
    'day', fee.day,
    'amount', bank.money_text(fee.amount, fee.currency),
    'currency', fee.currency,
    'status', case
      when fee.transaction_id is null then 'UNCOLLECTED'
      when bank.transaction_status(entry) = 'REVERSED' then 'WAIVED'
      else 'CHARGED'
    end,
    'transaction_id', fee.transaction_id,
    'created_at', fee.created_at)
    from (select) once left join bank.transactions entry on entry.id = fee.transaction_id
$$;

-- Charges a fee to an account, against the internal fee income account of its currency.
create or replace function bank.post_fee(fee_id uuid, account_id uuid, amount numeric, description text, idempotency_key text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_money(row(fee_id, 'FEE', account_id, null, 'FEE_INCOME', amount, description, null, idempotency_key, caller, null)::bank.movement);
end $$;

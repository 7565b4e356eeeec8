-- Pays cash out of an account, against the internal cash account of its currency.
create or replace function bank.post_withdrawal(withdrawal_id uuid, account_id uuid, amount numeric, description text, idempotency_key text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_money(row(withdrawal_id, 'WITHDRAWAL', account_id, null, 'CASH', amount, description, null, idempotency_key, caller, null)::bank.movement);
end $$;

-- Moves money between two accounts of the same currency. One call, one commit: see move_money for the story.
create or replace function bank.post_transfer(transfer_id uuid, from_account_id uuid, to_account_id uuid, amount numeric, description text, idempotency_key text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return bank.move_money(row(transfer_id, 'TRANSFER', from_account_id, to_account_id, null, amount, description, null, idempotency_key, caller, null)::bank.movement);
end $$;

-- Gives a completed transaction back: a new transaction with the postings negated. At most once, and only while the money is there.
-- As of a day that is over, where one is named: then the interest of the days since is adjusted.
create or replace function bank.post_reversal(reversal_id uuid, transaction_id uuid, description text, value_date date, idempotency_key text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  original bank.transactions;
  internal_code text;
begin
  -- The original is never changed, so it needs no lock; one that is not there is refused by refuse_reversal.
  select * into original from bank.transactions entry where entry.id = transaction_id;
  select internal.code into internal_code
    from bank.postings line join bank.internal_accounts internal on internal.id = line.account_id
   where line.transaction_id = post_reversal.transaction_id;
  return bank.move_money(row(reversal_id, 'REVERSAL', original.to_account_id, original.from_account_id, internal_code, original.amount,
    description, transaction_id, idempotency_key, caller, value_date)::bank.movement);
end $$;

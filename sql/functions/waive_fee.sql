-- Gives a fee back, once: the reversal of its transaction, with the reason in its description and an event of its own. For staff.
create or replace function bank.waive_fee(reversal_id uuid, fee_id uuid, reason text, idempotency_key text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  fee bank.fees;
  answer jsonb;
begin
  if bank.is_self_service(caller) then
    return coalesce(bank.admit_caller(caller), bank.refusal('FORBIDDEN'));
  end if;
  -- A fee is never changed, so it needs no lock.
  select * into fee from bank.fees charged where charged.id = fee_id;
  if fee.transaction_id is null then
    return coalesce(bank.admit_caller(caller), case when fee.id is null then bank.refusal('FEE_NOT_FOUND', 'id') else bank.refusal('FEE_NOT_CHARGED', 'id') end);
  end if;
  answer := bank.post_reversal(reversal_id, fee.transaction_id, 'Fee waived: ' || reason, null, idempotency_key, caller);
  if not answer ? 'refusal' and not answer ? 'replayed' then
    perform bank.record_event('FeeWaived', 'fee', fee.id, caller, jsonb_build_object(
      'account_id', fee.account_id, 'fee_type', fee.fee_type, 'day', fee.day, 'reversal_id', reversal_id, 'reason', reason));
  end if;
  return answer;
end $$;

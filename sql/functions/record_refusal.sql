-- Records a refusal: its event, and a FAILED transaction where the caller may use the account that it names.
-- A refusal about somebody else's account, or none, leaves no transaction: nobody's history shows a
-- stranger's attempts. Returns the answer.
create or replace function bank.record_refusal(movement bank.movement, refusal jsonb, account bank.accounts, verdict jsonb) returns jsonb
language plpgsql as $$
declare
  code text := refusal -> 'refusal' ->> 'code';
  answer jsonb := refusal;
  entry bank.transactions;
  at timestamptz := clock_timestamp();
begin
  if account.id is not null and bank.may_use_account(account, movement.caller) then
    insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
      failure_code, description, reverses_transaction_id, initiated_by, metadata, created_at)
    values (movement.id, bank.new_transaction_ref(at), movement.transaction_type, movement.from_account_id, movement.to_account_id,
      movement.amount, account.currency, 'FAILED', code, movement.description, movement.reverses_transaction_id,
      (movement.caller ->> 'id')::uuid, bank.transaction_metadata(movement.caller), at)
    returning * into entry;
    answer := answer || jsonb_build_object('transaction', bank.transaction_json(entry, 'FAILED'));
  end if;

  perform bank.record_event('TransactionRefused', 'transaction', movement.id, movement.caller,
    jsonb_build_object(
      'code', code,
      'transaction_type', movement.transaction_type,
      'from_account_id', movement.from_account_id,
      'to_account_id', movement.to_account_id,
      'amount', movement.amount::text,
      'reverses_transaction_id', movement.reverses_transaction_id)
    || bank.verdict_json(verdict));

  return answer;
end $$;

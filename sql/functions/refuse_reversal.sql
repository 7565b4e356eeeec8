-- Why a transaction can't be reversed as of a day, or null. The accounts' locks are held, so two reversals can't both find none.
-- It can count for the day that is open or for an earlier one, from that of the transaction on.
create or replace function bank.refuse_reversal(original_id uuid, value_date date) returns jsonb
language plpgsql stable as $$
declare
  original bank.transactions;
begin
  select * into original from bank.transactions where id = original_id;
  if not found then
    return bank.refusal('TRANSACTION_NOT_FOUND', 'id');
  elsif original.status <> 'COMPLETED' then
    return bank.refusal('NOT_REVERSIBLE', 'id');
  elsif bank.transaction_status(original) = 'REVERSED' then
    return bank.refusal('ALREADY_REVERSED', 'id');
  elsif refuse_reversal.value_date > bank.open_day()
     or refuse_reversal.value_date < (select min(line.value_date) from bank.postings line where line.transaction_id = original_id) then
    return bank.refusal('INVALID_REQUEST', 'value_date');
  end if;
  return null;
end $$;

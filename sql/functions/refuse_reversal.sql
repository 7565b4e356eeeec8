-- Why a transaction can't be reversed, or null. The accounts' locks are held, so two reversals can't both find none.
create or replace function bank.refuse_reversal(original_id uuid) returns jsonb
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
  end if;
  return null;
end $$;

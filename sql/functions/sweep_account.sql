-- Moves all that an account holds to another of the same customer: a transfer like any other, with its own id for a key. Both rows are
-- locked. A refusal names the field of the request to close.
create or replace function bank.sweep_account(source bank.accounts, target bank.accounts, caller jsonb) returns jsonb
language plpgsql as $$
declare
  sweep_id uuid := bank.uuid_v7();
  answer jsonb;
begin
  if target.id is null then
    return bank.refusal('ACCOUNT_NOT_FOUND', 'sweep_to_account_id');
  elsif target.customer_id <> source.customer_id then
    return bank.refusal('NOT_YOUR_ACCOUNT', 'sweep_to_account_id');
  end if;
  answer := bank.move_money(row(sweep_id, 'TRANSFER', source.id, target.id, null, source.balance, 'Closing balance', null,
    sweep_id::text, caller, null)::bank.movement);
  if answer ? 'refusal' then
    return jsonb_set(answer, '{refusal,field}', '"sweep_to_account_id"');
  end if;
  return answer;
end $$;

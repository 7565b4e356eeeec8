-- One transaction, if the caller may see it: staff any, a customer those of its own accounts, but not a payment to it that failed.
create or replace function bank.read_transaction(transaction_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
  entry bank.transactions;
begin
  if refusal is not null then
    return refusal;
  end if;
  select * into entry from bank.transactions where id = transaction_id;
  if not found then
    return bank.refusal('TRANSACTION_NOT_FOUND', 'id');
  elsif not exists (
    select from bank.accounts account
     where (account.id = entry.from_account_id
            or account.id = entry.to_account_id and (entry.status <> 'FAILED' or entry.from_account_id is null))
       and bank.may_use_account(account, caller)
  ) then
    return bank.refusal('FORBIDDEN', 'id');
  end if;
  return jsonb_build_object('transaction', bank.transaction_json(entry, bank.transaction_status(entry)));
end $$;

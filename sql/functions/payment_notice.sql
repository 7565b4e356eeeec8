-- What the owner of the account that money left, or was to leave, is told of it: a transfer that the fraud rules stopped, and a large
-- debit. Neither which rule nor what is left.
create or replace function bank.payment_notice(entry bank.events) returns bank.notice
language plpgsql stable as $$
declare
  amount numeric := (entry.data ->> 'amount')::numeric;
  account bank.accounts;
  kind text;
begin
  -- Null where the money comes from an internal account.
  select * into account from bank.accounts where id = (entry.data ->> 'from_account_id')::uuid;
  kind := case
    when account.id is null then null
    when entry.type = 'TransactionRefused' and entry.data ->> 'code' = 'FRAUD_BLOCKED' then 'transfer-blocked'
    when entry.type = 'TransactionPosted' and amount >= bank.large_debit_from(account.currency) then 'large-debit'
  end;
  if kind is null then
    return null;
  end if;
  return row(account.customer_id, kind, jsonb_strip_nulls(jsonb_build_object(
    'account', bank.account_hint(account),
    'transaction_type', entry.data ->> 'transaction_type',
    'transaction_ref', (select transaction_ref from bank.transactions where id = entry.aggregate_id),
    'amount', bank.money_text(amount, account.currency),
    'currency', account.currency)))::bank.notice;
end $$;

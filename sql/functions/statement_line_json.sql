-- A line of a statement: a posting, by the transaction that it belongs to. Of the account on the other side, if it is a customer's, it has
-- the last four digits. The date is the day at the bank.
create or replace function bank.statement_line_json(line bank.postings, entry bank.transactions, counterparty bank.accounts, time_zone text) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'date', (line.created_at at time zone time_zone)::date,
    'posted_at', line.created_at,
    'transaction_id', entry.id,
    'transaction_ref', entry.transaction_ref,
    'transaction_type', entry.transaction_type,
    'description', entry.description,
    'counterparty_last4', right(counterparty.account_number, 4),
    'amount', bank.money_text(line.amount, line.currency),
    'balance', bank.money_text(line.balance_after, line.currency))
$$;

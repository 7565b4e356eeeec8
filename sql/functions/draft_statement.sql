-- What an open month of an account comes to until its end, or until now while it is running. It has no closed_at. The opening balance
-- is what the statement before it ended with, the closing balance what the last posting left, and the totals are the postings' amounts:
-- that the three agree is for the caller to see to.
create or replace function bank.draft_statement(account bank.accounts, month date) returns bank.statements
language plpgsql stable as $$
declare
  draft bank.statements;
  previous bank.statements;
begin
  draft.account_id := account.id;
  draft.period := month;
  select time_zone into strict draft.time_zone from bank.fraud_settings;
  draft.ends_at := least(bank.month_end(month, draft.time_zone), clock_timestamp());

  select * into previous from bank.statements where account_id = account.id and period = month - interval '1 month';
  draft.begins_at := coalesce(previous.ends_at, month::timestamp at time zone draft.time_zone);
  draft.opening_balance := coalesce(previous.closing_balance, bank.balance_at(account.id, draft.begins_at - interval '1 microsecond'));

  select coalesce(sum(line.amount) filter (where line.amount > 0), 0), coalesce(-sum(line.amount) filter (where line.amount < 0), 0), count(*)
    into draft.total_in, draft.total_out, draft.line_count
    from bank.postings line
   where line.account_id = account.id and line.created_at >= draft.begins_at and line.created_at < draft.ends_at;
  select line.balance_after, line.account_version into draft.closing_balance, draft.last_version
    from bank.postings line
   where line.account_id = account.id and line.created_at < draft.ends_at
   order by line.created_at desc, line.account_version desc limit 1;
  draft.closing_balance := coalesce(draft.closing_balance, 0);

  select jsonb_build_object('name', concat_ws(' ', customer.first_name, customer.last_name), 'address', customer.address)
    into strict draft.holder
    from bank.customers customer where customer.id = account.customer_id;
  return draft;
end $$;

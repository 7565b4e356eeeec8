-- Closes the months of an account that are over, oldest first: a statement is written for each, once. A month whose figures do not agree is
-- not closed, nor is any after it: the ledger is to be looked at first. Anybody may do it at any time; of two that do, one waits for the other.
-- After some seconds, long before the statement is stopped and all is undone, what is left is left to the next.
create or replace function bank.close_months(account bank.accounts, out closed integer, out broken date)
language plpgsql as $$
declare
  began constant timestamptz := clock_timestamp();
  longest constant interval := '2 seconds';
  month date;
  draft bank.statements;
begin
  closed := 0;
  foreach month in array array(select bank.open_months(account)) loop
    draft := bank.draft_statement(account, month);
    exit when not bank.is_settled(bank.month_end(month, draft.time_zone));
    if not bank.reconciles(draft) then
      broken := month;
      exit;
    end if;
    draft.closed_at := clock_timestamp();
    draft.archive_due_at := draft.closed_at;
    draft.archive_attempts := 0;
    insert into bank.statements select draft.* on conflict do nothing;
    closed := closed + found::integer;
    exit when clock_timestamp() > began + longest;
  end loop;
end $$;

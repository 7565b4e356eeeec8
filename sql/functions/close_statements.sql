-- Closes the months that are over of a page of accounts, by id, after a given one: as many as are done in a few seconds. Answers {"closed",
-- "broken": [{"account_id", "period"}], "next"}, where next is the account after which to go on; null at the end. What is done is done once,
-- so a run may be given up and begun again at any time.
create or replace function bank.close_statements(after_id uuid, page_size integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  began constant timestamptz := clock_timestamp();
  longest constant interval := '3 seconds';
  account bank.accounts;
  outcome record;
  seen integer := 0;
  closed integer := 0;
  broken jsonb := '[]';
begin
  for account in
    select * from bank.accounts where after_id is null or id > after_id order by id limit page_size
  loop
    select * into outcome from bank.close_months(account);
    closed := closed + outcome.closed;
    if outcome.broken is not null then
      broken := broken || jsonb_build_object('account_id', account.id, 'period', to_char(outcome.broken, 'YYYY-MM'));
    end if;
    seen := seen + 1;
    exit when clock_timestamp() > began + longest;
  end loop;
  return jsonb_build_object('closed', closed, 'broken', broken,
    'next', case when seen = page_size or clock_timestamp() > began + longest then account.id end);
end $$;

-- Ends holds that have expired, those of so many at most and of their accounts, the oldest first. They have not counted since; this writes
-- it down. An account that somebody is moving money on is left to the next time. Answers how many ended.
create or replace function bank.expire_holds(batch_size integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  at timestamptz := clock_timestamp();
  account bank.accounts;
  expired integer := 0;
begin
  for account in
    select held.* from bank.accounts held
     where held.id in (
       select due.account_id from bank.holds due where due.status = 'OPEN' and due.expires_at <= at order by due.expires_at limit batch_size)
     order by held.id
       for no key update skip locked
  loop
    expired := expired + (
      select count(*) from bank.holds due where due.account_id = account.id and due.status = 'OPEN' and due.expires_at <= at);
    perform bank.end_due_holds(account);
  end loop;
  return jsonb_build_object('expired', expired);
end $$;

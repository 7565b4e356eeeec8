-- Ends the open holds of a locked account that have expired, and answers the account as it is then. An account has no more open holds
-- than place_hold lets it have, so this is never much; where nothing is held it is nothing.
create or replace function bank.end_due_holds(account bank.accounts) returns bank.accounts
language plpgsql as $$
declare
  -- Read after the lock was taken: what is over by now stays over.
  at timestamptz := clock_timestamp();
  hold bank.holds;
  freed numeric := 0;
begin
  if account.held > 0 then
    for hold in
      update bank.holds due set status = 'EXPIRED', ended_at = due.expires_at
       where due.account_id = account.id and due.status = 'OPEN' and due.expires_at <= at
      returning *
    loop
      freed := freed + hold.amount - hold.captured;
      perform bank.record_event('HoldExpired', 'hold', hold.id, bank.system_caller(), bank.hold_facts(hold));
    end loop;
  end if;
  if freed > 0 then
    update bank.accounts set held = held - freed, version = version + 1, updated_at = at where id = account.id returning * into account;
  end if;
  return account;
end $$;

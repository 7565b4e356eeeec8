-- Waits until every transaction that was writing when it was called has ended. Called before the caller has written or locked anything.
-- A movement reads which day is open while it holds its accounts' locks. So once the books of a day are closed and this has returned, all
-- that counts for the day has been committed, and none of it can come any more.
create or replace function bank.await_writers() returns void
language plpgsql as $$
declare
  pause constant double precision := 0.01;
  began constant timestamptz := clock_timestamp();
  newest xid8 := pg_snapshot_xmax(pg_current_snapshot());
begin
  while pg_snapshot_xmin(pg_current_snapshot()) < newest loop
    if clock_timestamp() > began + interval '5 seconds' then
      -- To be tried again: the code is one after which a call is repeated.
      raise exception 'another transaction has been writing for too long' using errcode = 'lock_not_available';
    end if;
    perform pg_sleep(pause);
  end loop;
end $$;

-- A hold's status as of now: one that has expired reads so before anybody has written it.
create or replace function bank.hold_status(hold bank.holds) returns text
language sql stable as $$
  select case when hold.status = 'OPEN' and hold.expires_at <= clock_timestamp() then 'EXPIRED' else hold.status end
$$;

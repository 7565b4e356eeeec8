-- Whether staff are to look at what a verdict is about. MONITOR and less leave their score in the event alone, and what staff have called a
-- false alarm is not asked again.
create or replace function bank.wants_alert(verdict jsonb) returns boolean
language sql immutable as $$
  select verdict ->> 'outcome' not in ('APPROVE', 'MONITOR') and not verdict ? 'allowed'
$$;

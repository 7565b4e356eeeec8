-- Whether everything that was posted at a moment or before has been committed by now, so that nothing is added there any more. A
-- movement reads the clock once it has its accounts' locks and ends with its statement, which is stopped after 8 seconds (the logins'
-- statement_timeout), and by the Data API after 45.
create or replace function bank.is_settled(at timestamptz) returns boolean
language sql stable as $$
  select at <= clock_timestamp() - interval '1 minute'
$$;

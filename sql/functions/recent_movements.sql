-- How often money has moved on an account within the window of the rule VELOCITY. What a hold has promised lately and not paid yet counts
-- like what has moved: a hold is asked about when it is placed, and a capture is not asked about again. Reads as many rows as the rule
-- counts, however many there are. In plpgsql for its kept plan: every transfer asks.
create or replace function bank.recent_movements(parameters jsonb, account_id uuid, at timestamptz) returns integer
language plpgsql stable as $$
declare
  enough integer := (parameters ->> 'many')::integer + 1;
  since timestamptz := at - make_interval(mins => (parameters ->> 'window_minutes')::integer);
  movements integer;
begin
  select (select count(*)
            from (
              select from bank.postings line
               where line.account_id = recent_movements.account_id and line.created_at > since and line.created_at <= at
               order by line.created_at desc
               limit enough
            ) moved)
       + (select count(*)
            from bank.holds promised
           where promised.account_id = recent_movements.account_id and promised.status = 'OPEN'
             and promised.created_at > since and promised.created_at <= at and promised.expires_at > at)
    into movements;
  return movements;
end $$;

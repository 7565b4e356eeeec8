-- How often money has moved on an account lately. What a hold has promised lately and not paid yet counts like what has moved: a hold is
-- asked about when it is placed, and a capture is not asked about again. Reads as many rows as the rule counts, however many there are.
-- In plpgsql for its kept plan: every transfer asks.
create or replace function bank.fraud_velocity(parameters jsonb, account_id uuid, at timestamptz) returns integer
language plpgsql stable as $$
declare
  above_some integer := (parameters ->> 'some')::integer;
  above_many integer := (parameters ->> 'many')::integer;
  since timestamptz := at - make_interval(mins => (parameters ->> 'window_minutes')::integer);
  movements integer;
begin
  select (select count(*)
            from (
              select from bank.postings line
               where line.account_id = fraud_velocity.account_id and line.created_at > since and line.created_at <= at
               order by line.created_at desc
               limit above_many + 1
            ) moved)
       + (select count(*)
            from bank.holds promised
           where promised.account_id = fraud_velocity.account_id and promised.status = 'OPEN'
             and promised.created_at > since and promised.created_at <= at and promised.expires_at > at)
    into movements;
  return case
    when movements > above_many then (parameters ->> 'many_score')::integer
    when movements > above_some then (parameters ->> 'some_score')::integer
    else 0
  end;
end $$;

-- How often money has moved on an account lately. What a hold has promised lately and not paid yet counts like what has moved: a hold is
-- asked about when it is placed, and a capture is not asked about again. Reads as many rows as the rule counts, however many there are.
-- In plpgsql for its kept plan: every transfer asks.
create or replace function bank.fraud_velocity(parameters jsonb, account_id uuid, at timestamptz) returns integer
language plpgsql stable as $$
declare
  above_some integer := (parameters ->> 'some')::integer;
  above_many integer := (parameters ->> 'many')::integer;
  since timestamptz := at - make_interval(mins => (parameters ->> 'window_minutes')::integer);
  moved integer;
  promised integer;
begin
  select count(*) into moved
    from (
      select from bank.postings line
       where line.account_id = fraud_velocity.account_id and line.created_at > since and line.created_at <= at
       order by line.created_at desc
       limit above_many + 1
    ) recent;
  select count(*) into promised
    from bank.holds promise
   where promise.account_id = fraud_velocity.account_id and promise.status = 'OPEN'
     and promise.created_at > since and promise.created_at <= at and promise.expires_at > at;
  return case
    when moved + promised > above_many then (parameters ->> 'many_score')::integer
    when moved + promised > above_some then (parameters ->> 'some_score')::integer
    else 0
  end;
end $$;

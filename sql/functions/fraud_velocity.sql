-- How often money has moved on an account lately. Reads as many rows as the rule counts, however many there are.
create or replace function bank.fraud_velocity(parameters jsonb, account_id uuid, at timestamptz) returns integer
language sql stable as $$
  select case
    when count(*) > (parameters ->> 'many')::integer then (parameters ->> 'many_score')::integer
    when count(*) > (parameters ->> 'some')::integer then (parameters ->> 'some_score')::integer
    else 0
  end
  from (
    select from bank.postings line
     where line.account_id = fraud_velocity.account_id
       and line.created_at > at - make_interval(mins => (parameters ->> 'window_minutes')::integer)
       and line.created_at <= at
     order by line.created_at desc
     limit (parameters ->> 'many')::integer + 1
  ) recent
$$;

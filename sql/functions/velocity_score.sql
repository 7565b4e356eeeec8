-- The score of so many movements within the window of the rule VELOCITY.
create or replace function bank.velocity_score(parameters jsonb, movements integer) returns integer
language sql immutable as $$
  select case
    when movements > (parameters ->> 'many')::integer then (parameters ->> 'many_score')::integer
    when movements > (parameters ->> 'some')::integer then (parameters ->> 'some_score')::integer
    else 0
  end
$$;

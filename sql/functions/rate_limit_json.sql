-- How a caller stands with one limit: so many of `quota` in `window` seconds remain, and more after `reset` seconds.
create or replace function bank.rate_limit_json(policy text, quota integer, span interval, remaining integer, reset interval) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'policy', policy,
    'quota', quota,
    'window', extract(epoch from span)::integer,
    'remaining', remaining,
    'reset', greatest(ceil(extract(epoch from reset)), 1)::integer)
$$;

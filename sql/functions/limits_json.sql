-- A customer's rate limits as staff read them.
create or replace function bank.limits_json(customer uuid) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'customer_id', customer,
    'transfers_per_minute', limits.transfers_per_minute,
    'requests_per_hour', limits.requests_per_hour,
    'overridden', limits.customer_id is not null)
    from bank.rate_limits_of(customer) limits
$$;

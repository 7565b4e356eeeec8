-- What makes two requests to move money the same: all that the caller chose, with 1.5 the same as 1.50. A day for which it is to count is
-- there only when one was named.
create or replace function bank.movement_hash(movement bank.movement) returns bytea
language sql stable as $$
  select sha256(convert_to((
    jsonb_build_array(
      movement.transaction_type, movement.from_account_id, movement.to_account_id, trim_scale(movement.amount)::text,
      movement.description, movement.reverses_transaction_id)
    || case when movement.value_date is null then '[]' else jsonb_build_array(movement.value_date) end)::text, 'UTF8'))
$$;

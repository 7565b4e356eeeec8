-- A customer's own limits, or the bank's default: the row whose customer_id is null.
-- In plpgsql for its kept plan: every request of a customer asks.
create or replace function bank.rate_limits_of(customer uuid) returns bank.rate_limits
language plpgsql stable as $$
declare
  limits bank.rate_limits;
begin
  select * into limits from bank.rate_limits where customer_id = customer;
  if not found then
    select * into limits from bank.rate_limits where customer_id is null;
  end if;
  return limits;
end $$;

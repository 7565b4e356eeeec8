-- Writes down where a locked standing order stands now.
create or replace function bank.keep_standing_order(item bank.standing_orders) returns bank.standing_orders
language plpgsql as $$
begin
  update bank.standing_orders
     set status = item.status, due_number = item.due_number, due_date = item.due_date, attempt_on = item.attempt_on,
         attempts = item.attempts, updated_at = clock_timestamp()
   where id = item.id returning * into item;
  return item;
end $$;

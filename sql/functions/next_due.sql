-- A standing order as it is when its due date is over: at the next one, not before a day where one is named, or COMPLETED.
create or replace function bank.next_due(item bank.standing_orders, not_before date) returns bank.standing_orders
language plpgsql immutable as $$
begin
  loop
    item.due_number := item.due_number + 1;
    item.due_date := bank.due_date_of(item.start_date, item.frequency, item.due_number);
    if item.due_number >= item.occurrences or item.due_date > item.end_date then
      item.status := 'COMPLETED';
      item.due_date := null;
      exit;
    end if;
    exit when not_before is null or item.due_date >= not_before;
  end loop;
  item.attempt_on := item.due_date;
  item.attempts := 0;
  return item;
end $$;

-- One standing order, if the caller may see it, with what became of its latest due dates, newest first.
create or replace function bank.read_standing_order(order_id uuid, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  most_runs constant integer := 12;
  refusal jsonb := bank.admit_caller(caller);
  item bank.standing_orders;
begin
  if refusal is not null then
    return refusal;
  end if;
  select * into item from bank.standing_orders where id = order_id;
  if not found then
    return bank.refusal('STANDING_ORDER_NOT_FOUND', 'id');
  elsif not bank.may_use_order(item, caller) then
    return bank.refusal('NOT_YOUR_ACCOUNT', 'id');
  end if;
  return jsonb_build_object('standing_order', bank.standing_order_json(item) || jsonb_build_object('runs', coalesce((
    select jsonb_agg(bank.standing_order_run_json(latest) order by latest.due_date desc)
      from (
        select run.* from bank.standing_order_runs run
         where run.order_id = item.id
         order by run.due_date desc
         limit most_runs
      ) latest), '[]')));
end $$;

-- A page of the standing orders that one account pays, or all the caller's own, newest first, before a given one.
create or replace function bank.list_standing_orders(
  account_id uuid, before_created_at timestamptz, before_id uuid, page_size integer, caller jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  answer jsonb := bank.admit_caller(caller);
begin
  if answer is not null then
    return answer;
  end if;
  if account_id is not null then
    answer := bank.find_account(account_id, caller);
    if answer ? 'refusal' then
      return bank.refusal(answer -> 'refusal' ->> 'code', 'account_id');
    end if;
  end if;
  return jsonb_build_object('standing_orders', coalesce((
    select jsonb_agg(bank.standing_order_json(page) order by page.created_at desc, page.id desc)
      from (
        select item.* from bank.standing_orders item
         where (item.from_account_id = list_standing_orders.account_id
                or list_standing_orders.account_id is null and item.customer_id = (caller ->> 'id')::uuid)
           and (before_created_at is null or (item.created_at, item.id) < (before_created_at, before_id))
         order by item.created_at desc, item.id desc
         limit page_size
      ) page), '[]'));
end $$;

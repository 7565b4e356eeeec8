-- A page of the holds of one account, or of all the caller's own, of one status or all, newest first, before a given one.
create or replace function bank.list_holds(
  account_id uuid, status text, before_created_at timestamptz, before_id uuid, page_size integer, caller jsonb
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
  return jsonb_build_object('holds', coalesce((
    select jsonb_agg(bank.hold_json(page) order by page.created_at desc, page.id desc)
      from (
        select (found.hold).*
          from bank.accounts mine,
          lateral (
            select hold from bank.holds hold
             where hold.account_id = mine.id
               and (list_holds.status is null or bank.hold_status(hold) = list_holds.status)
               and (before_created_at is null or (hold.created_at, hold.id) < (before_created_at, before_id))
             order by hold.created_at desc, hold.id desc
             limit page_size
          ) found
         where mine.id = list_holds.account_id
            or list_holds.account_id is null and mine.customer_id = (caller ->> 'id')::uuid
         order by (found.hold).created_at desc, (found.hold).id desc
         limit page_size
      ) page), '[]'));
end $$;

-- A page of an account's fees, newest first, before a given one.
create or replace function bank.list_fees(account_id uuid, before_created_at timestamptz, before_id uuid, page_size integer, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  answer jsonb := coalesce(bank.admit_caller(caller), bank.find_account(account_id, caller));
begin
  if answer ? 'refusal' then
    return answer;
  end if;
  return jsonb_build_object('fees', coalesce((
    select jsonb_agg(bank.fee_json(page) order by page.created_at desc, page.id desc)
      from (
        select fee.* from bank.fees fee
         where fee.account_id = list_fees.account_id
           and (before_id is null or (fee.created_at, fee.id) < (before_created_at, before_id))
         order by fee.created_at desc, fee.id desc
         limit page_size
      ) page), '[]'));
end $$;

-- A customer's accounts, oldest first, one page of them after a given one. The caller is the customer, or staff.
create or replace function bank.list_accounts(customer_id uuid, after_created_at timestamptz, after_id uuid, page_size integer, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
begin
  if refusal is not null then
    return refusal;
  elsif coalesce((caller ->> 'own_accounts_only')::boolean, true) and customer_id <> (caller ->> 'id')::uuid then
    return bank.refusal('FORBIDDEN', 'customer_id');
  end if;
  return jsonb_build_object('accounts', coalesce((
    select jsonb_agg(bank.account_json(page) order by page.created_at, page.id)
      from (
        select held.* from bank.accounts held
         where held.customer_id = list_accounts.customer_id
           and (after_id is null or (held.created_at, held.id) > (after_created_at, after_id))
         order by held.created_at, held.id
         limit page_size
      ) page), '[]'));
end $$;

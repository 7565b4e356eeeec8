-- A page of the transactions of one account, or of all the caller's own, newest first, before a given one.
-- A payment that failed is its sender's business: the receiver's list does not have it.
create or replace function bank.list_transactions(account_id uuid, before_created_at timestamptz, before_id uuid, page_size integer, caller jsonb) returns jsonb
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
  return jsonb_build_object('transactions', coalesce((
    select jsonb_agg(bank.transaction_json(page, bank.transaction_status(page)) order by page.created_at desc, page.id desc)
      from (
        select distinct (found.entry).*
          from (
            select account.id from bank.accounts account
             where account.id = list_transactions.account_id
                or list_transactions.account_id is null and account.customer_id = (caller ->> 'id')::uuid
          ) mine,
          lateral (
            (select outgoing as entry from bank.transactions outgoing
              where outgoing.from_account_id = mine.id
                and (outgoing.created_at, outgoing.id) < (coalesce(before_created_at, 'infinity'), coalesce(before_id, mine.id))
              order by outgoing.created_at desc, outgoing.id desc limit page_size)
            union all
            (select incoming as entry from bank.transactions incoming
              where incoming.to_account_id = mine.id
                and (incoming.status <> 'FAILED' or incoming.from_account_id is null)
                and (incoming.created_at, incoming.id) < (coalesce(before_created_at, 'infinity'), coalesce(before_id, mine.id))
              order by incoming.created_at desc, incoming.id desc limit page_size)
          ) found
         order by created_at desc, id desc
         limit page_size
      ) page), '[]'));
end $$;

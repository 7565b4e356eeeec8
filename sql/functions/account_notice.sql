-- What an account's owner is told of what happened to it. Never why: the reasons of staff are theirs.
create or replace function bank.account_notice(entry bank.events) returns bank.notice
language plpgsql stable as $$
declare
  account bank.accounts;
  change jsonb;
begin
  change := case entry.type
    when 'AccountFrozen' then '{}'::jsonb
    when 'AccountUnfrozen' then '{"change": "unfrozen"}'
    when 'AccountClosed' then '{"change": "closed"}'
    when 'AccountOpened' then '{"change": "opened"}'
    when 'AccountUpdated' then (
      select jsonb_build_object('change', 'terms_changed', 'terms', jsonb_agg(term))
        from unnest('{interest_rate,overdraft_limit}'::text[]) term
       where entry.data -> 'new' ? term
      having count(*) > 0)
  end;
  select * into account from bank.accounts where id = entry.aggregate_id;
  if change is null or account.id is null then
    return null;
  end if;
  return row(
    account.customer_id,
    case entry.type when 'AccountFrozen' then 'account-frozen' else 'account-changed' end,
    change || jsonb_build_object('account', bank.account_hint(account)))::bank.notice;
end $$;

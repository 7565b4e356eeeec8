-- Freezes accounts that money should not leave, in the order of every movement. Those that are not active stay as they are.
create or replace function bank.freeze_suspects(account_ids uuid[]) returns void
language plpgsql as $$
declare
  was bank.accounts;
  account bank.accounts;
begin
  for was in
    select * from bank.accounts where id = any(account_ids) order by id for no key update
  loop
    if was.status = 'ACTIVE' then
      update bank.accounts set status = 'FROZEN', frozen_by = null, version = version + 1, updated_at = clock_timestamp()
       where id = was.id returning * into account;
      perform bank.record_account_change('AccountFrozen', was, account, 'Suspected fraud', bank.system_caller());
    end if;
  end loop;
end $$;

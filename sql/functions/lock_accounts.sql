-- Locks all accounts of a batch, in the one global order, by id, and answers them in it. Expired holds of theirs have ended.
create or replace function bank.lock_accounts(movements bank.movement[]) returns bank.accounts[]
language plpgsql as $$
declare
  accounts bank.accounts[];
begin
  select array_agg(locked) into accounts
    from (
      select account.* from bank.accounts account
       where account.id in (
         select side.id from unnest(movements) movement, lateral (values (movement.from_account_id), (movement.to_account_id)) side (id))
       order by account.id for no key update
    ) locked;
  for place in 1 .. coalesce(cardinality(accounts), 0) loop
    if (accounts[place]).held > 0 then
      accounts[place] := bank.end_due_holds(accounts[place]);
    end if;
  end loop;
  return accounts;
end $$;

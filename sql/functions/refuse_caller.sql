-- Why a caller may do nothing at all, or null. A frozen customer stays out whatever its groups: a member of staff that is
-- also a customer can't unfreeze itself. In plpgsql for its kept plan: every request asks.
create or replace function bank.refuse_caller(caller jsonb) returns jsonb
language plpgsql stable as $$
declare
  actor uuid := (caller ->> 'id')::uuid;
begin
  return bank.refuse_person(
    exists (select from bank.disabled_users where user_id = actor), (select status from bank.customers where id = actor));
end $$;

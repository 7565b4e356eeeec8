-- The event of a change that staff made to an account: what it was, what it is, and why.
create or replace function bank.record_account_change(type text, was bank.accounts, account bank.accounts, reason text, caller jsonb) returns void
language plpgsql as $$
declare
  before jsonb := bank.account_json(was);
  after jsonb := bank.account_json(account);
begin
  perform bank.record_event(type, 'account', account.id, caller, jsonb_build_object(
    'old', bank.changed_fields(before, after),
    'new', bank.changed_fields(after, before),
    'reason', reason));
end $$;

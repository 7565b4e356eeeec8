-- Notes that what accrued on an account from a day on may no longer be right, unless that day is still open: then nothing has accrued.
create or replace function bank.note_revision(account_id uuid, since date, caused_by uuid) returns void
language plpgsql as $$
begin
  if since < bank.open_day() then
    insert into bank.interest_revisions (account_id, caused_by, since) values (account_id, caused_by, since);
  end if;
end $$;

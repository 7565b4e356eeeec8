-- Gives up notifications whose last try was not marked as sent in its time. Answers how many: each is counted once.
create or replace function bank.abandon_notifications(batch_size integer, most_tries integer) returns integer
language plpgsql as $$
declare
  at timestamptz := clock_timestamp();
  abandoned uuid[];
begin
  with hopeless as (
    select id from bank.notifications
     where sent_at is null and abandoned_at is null and due_at <= at and attempts >= most_tries
     order by due_at limit batch_size for no key update skip locked
  ), given_up as (
    update bank.notifications unsent set abandoned_at = at from hopeless where unsent.id = hopeless.id returning unsent.id
  )
  select coalesce(array_agg(id), '{}') into abandoned from given_up;
  perform bank.forget_former_emails(abandoned);
  return cardinality(abandoned);
end $$;

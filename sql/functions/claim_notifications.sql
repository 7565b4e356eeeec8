-- Takes notifications that are due, the longest due first, so that nobody else takes them for a while: a lease, which doubles with every
-- try, to an hour at most. Whoever does not mark them as sent, having failed or died, leaves them to the next. After twelve tries one is
-- given up, and counted by the claim that does it: with a lease of 90 seconds that is after seven hours.
-- Answers {"abandoned", "notifications": [{"id", "customer_id", "kind", "facts", "recipient": {"first_name", "emails"}, "time_zone"}]}.
-- Name and addresses are the customer's of now, and with a change of address the one before it. A customer that is no more is null.
create or replace function bank.claim_notifications(batch_size integer, lease_seconds integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  at timestamptz := clock_timestamp();
  most_tries constant integer := 12;
  longest_lease constant integer := 3600;
  abandoned integer := bank.abandon_notifications(batch_size, most_tries);
  batch jsonb;
begin
  with due as (
    select id from bank.notifications
     where sent_at is null and abandoned_at is null and due_at <= at and attempts < most_tries
     order by due_at limit batch_size for no key update skip locked
  ), claimed as (
    update bank.notifications taken
       set attempts = taken.attempts + 1,
           due_at = at + make_interval(secs => least(lease_seconds * 2 ^ taken.attempts, longest_lease))
      from due where taken.id = due.id returning taken.*
  )
  select coalesce(jsonb_agg(jsonb_build_object(
           'id', claimed.id,
           'customer_id', claimed.customer_id,
           'kind', claimed.kind,
           'facts', claimed.facts,
           'recipient', case when customer.id is not null then
             jsonb_build_object('first_name', customer.first_name,
               'emails', array_remove(array[nullif(customer.email, ''), former.email], null)) end,
           'time_zone', settings.time_zone) order by claimed.created_at, claimed.id), '[]')
    into batch
    from claimed cross join bank.fraud_settings settings
    left join bank.customers customer on customer.id = claimed.customer_id
    left join bank.former_emails former
      on former.customer_id = claimed.customer_id and former.version = (claimed.facts ->> 'version')::bigint
        and lower(former.email) <> lower(customer.email);

  return jsonb_build_object('abandoned', abandoned, 'notifications', batch);
end $$;

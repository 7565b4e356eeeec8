-- Takes closed statements that are not in the archive yet, so that nobody else takes them for a while: a lease, which doubles with every
-- try, to a day at most. Whoever fails or dies leaves them to the next. Those with more lines than are archived stay where they are.
-- Answers {"statements": [{"account_id", "period"}]}.
create or replace function bank.claim_statements(batch_size integer, lease_seconds integer, most_lines integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  at timestamptz := clock_timestamp();
  longest_lease constant integer := 86400;
  batch jsonb;
begin
  with due as (
    select account_id, period from bank.statements
     where archived_at is null and archive_due_at <= at and line_count <= most_lines
     order by archive_due_at limit batch_size for no key update skip locked
  ), claimed as (
    update bank.statements taken
       set archive_attempts = taken.archive_attempts + 1,
           archive_due_at = at + make_interval(secs => least(lease_seconds * 2 ^ least(taken.archive_attempts, 16), longest_lease))
      from due where taken.account_id = due.account_id and taken.period = due.period
    returning taken.account_id, taken.period
  )
  select coalesce(jsonb_agg(jsonb_build_object('account_id', account_id, 'period', to_char(period, 'YYYY-MM')) order by account_id, period), '[]')
    into batch from claimed;
  return jsonb_build_object('statements', batch);
end $$;

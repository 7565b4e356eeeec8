-- Users who are kept out, customers and staff alike. The identity provider stops their refresh tokens; this stops the access tokens
-- that they still hold. Who disabled whom, and why, is in the events.
create table bank.disabled_users (
  user_id     uuid primary key,
  disabled_at timestamptz not null default clock_timestamp()
);

-- Statements: what an account's month came to, once the month is over (docs/decisions/0015-statements-are-closed-periods.md).

-- A row is a closed period. It begins where the one before it ends, by the time zone of the day on which it was closed, so that every
-- posting is in one statement, whatever becomes of the bank's time zone. holder: name and address of then. last_version: the account's
-- version after its last posting before the end; null before its first. A sum may be larger than any balance.
-- archive_due_at: when it may be taken (again) to be archived, which whoever takes it puts off.
create table bank.statements (
  account_id       uuid not null references bank.accounts (id),
  period           date not null check (extract(day from period) = 1),
  begins_at        timestamptz not null,
  ends_at          timestamptz not null,
  time_zone        text not null,
  holder           jsonb not null,
  opening_balance  numeric(19,4) not null,
  total_in         numeric not null check (total_in >= 0),
  total_out        numeric not null check (total_out >= 0),
  closing_balance  numeric(19,4) not null,
  line_count       integer not null check (line_count >= 0),
  last_version     bigint,
  closed_at        timestamptz not null,
  archive_due_at   timestamptz not null,
  archive_attempts smallint not null default 0,
  object_key       text,
  pdf_sha256       bytea check (length(pdf_sha256) = 32),
  json_sha256      bytea check (length(json_sha256) = 32),
  archived_at      timestamptz,
  primary key (account_id, period),
  constraint begins_before_it_ends check (begins_at < ends_at),
  constraint figures_reconcile check (opening_balance + total_in - total_out = closing_balance),
  constraint archived_is_whole check (num_nulls(object_key, pdf_sha256, json_sha256, archived_at) in (0, 4))
);
create index statements_unarchived on bank.statements (archive_due_at) where archived_at is null;

-- Of a closed period only its way into the archive changes.
create trigger figures_stay before update of account_id, period, begins_at, ends_at, time_zone, holder, opening_balance, total_in,
  total_out, closing_balance, line_count, last_version, closed_at on bank.statements for each row execute function bank.refuse_change();
create trigger never_removed before delete on bank.statements for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.statements for each statement execute function bank.refuse_change();

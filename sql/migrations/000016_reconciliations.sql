-- The daily reconciliation: what was compared, and what did not agree. Nothing here mends anything.

-- One thing that does not agree, as the functions that look for it tell it.
create type bank.finding as (
  check_name text,
  about_type text,
  about_id   text,
  detail     text
);

-- One run. findings has the first of its differences; how many there were is in differences.
create table bank.reconciliations (
  id           uuid primary key,
  started_at   timestamptz not null,
  finished_at  timestamptz not null,
  accounts     bigint not null check (accounts >= 0),
  transactions bigint not null check (transactions >= 0),
  postings     bigint not null check (postings >= 0),
  differences  bigint not null check (differences >= 0),
  outcome      text not null check (outcome in ('CLEAN', 'DIFFERENT')),
  findings     jsonb not null check (jsonb_typeof(findings) = 'array'),
  constraint clean_has_no_difference check ((outcome = 'CLEAN') = (differences = 0)),
  constraint findings_are_differences check (jsonb_array_length(findings) <= differences)
);
create index reconciliations_newest on bank.reconciliations (started_at, id);

-- What an internal account's postings before a moment came to, written by a run that found no difference. An account without a posting
-- before that moment has no row.
create table bank.internal_checkpoints (
  internal_id uuid not null references bank.internal_accounts (id),
  as_of       timestamptz not null,
  balance     numeric not null,
  primary key (as_of, internal_id)
);

create trigger append_only before update or delete on bank.reconciliations for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.reconciliations for each statement execute function bank.refuse_change();
create trigger append_only before update or delete on bank.internal_checkpoints for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.internal_checkpoints for each statement execute function bank.refuse_change();

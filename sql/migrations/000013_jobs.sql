-- Work that the bank does by the day, whoever starts it and however often: each job's run for a date is one row, its parts are ranges of
-- accounts, and a part's work commits together with the part.

-- The jobs of one day, in the order in which they come. A part is as many accounts as one call does in about a second.
create table bank.jobs (
  job       text primary key,
  place     smallint not null unique,
  monthly   boolean not null,   -- only on the last day of a month
  part_size integer not null check (part_size between 2 and 100000)
);
insert into bank.jobs (job, place, monthly, part_size) values
  ('accrue-interest', 1, false, 20000),
  ('capitalise-interest', 2, true, 2000),
  ('charge-fees', 3, false, 5000);

create table bank.job_runs (
  id          uuid primary key,
  job         text not null references bank.jobs (job),
  run_date    date not null,
  status      text not null default 'RUNNING' check (status in ('RUNNING', 'COMPLETED', 'FAILED')),
  parts       integer not null,
  last_part   integer,          -- the one that completed it
  taken_at    timestamptz,      -- when somebody last took its parts to hand them out
  counts      jsonb not null default '{}',
  failure     text,             -- what a part that failed said; kept when a later try succeeds
  started_at  timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  unique (job, run_date),
  constraint completed_has_an_end check ((status = 'COMPLETED') = (finished_at is not null))
);

-- The accounts from one id to another, both included. Done when it has an end; counts are what it did.
create table bank.job_parts (
  run_id      uuid not null references bank.job_runs (id),
  part        integer not null,
  from_id     uuid not null,
  to_id       uuid not null,
  counts      jsonb,
  finished_at timestamptz,
  primary key (run_id, part),
  constraint done_is_whole check (num_nulls(counts, finished_at) in (0, 2))
);

-- Until which day the books are closed, and since when: what moves from then on counts for a later day (bank.open_day).
create table bank.closings (
  through   date primary key,
  closed_at timestamptz not null
);

create trigger append_only before update or delete on bank.closings for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.closings for each statement execute function bank.refuse_change();

-- A column's default needs it to be there. As it is now: sql/functions/open_day.sql.
create function bank.open_day(at timestamptz default clock_timestamp()) returns date language sql stable as $$ select at::date $$;

-- The day for which a posting counts: at that day's end it is in the balance. Those before this migration count for the day of the bank's
-- time zone on which they were made. The trigger that refuses every change is off while the migration, which nobody else sees, says so.
alter table bank.postings add column value_date date;
alter table bank.postings disable trigger append_only;
update bank.postings set value_date = (created_at at time zone (select time_zone from bank.fraud_settings))::date;
alter table bank.postings enable trigger append_only;
alter table bank.postings alter column value_date set not null, alter column value_date set default bank.open_day();

-- A movement may say for which day it counts; null: for the day that is open.
alter type bank.movement add attribute value_date date;

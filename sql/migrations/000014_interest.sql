-- Interest: what rate an account has had since when, what accrues each day, and what is posted each month.

-- Functions whose parameters change are other functions to PostgreSQL; sql/functions has the new ones.
drop function if exists bank.post_reversal(uuid, uuid, text, text, jsonb);
drop function if exists bank.refuse_reversal(uuid);
drop function if exists bank.update_account(uuid, uuid, numeric, numeric, bigint, jsonb);

-- The rate that an account has from a day on: of several for one day the latest counts. A row is never changed.
create table bank.interest_rates (
  account_id      uuid not null references bank.accounts (id),
  valid_from      date not null,
  account_version bigint not null,
  rate            numeric(9,6) not null check (rate between 0 and 1),
  recorded_at     timestamptz not null default clock_timestamp(),
  primary key (account_id, valid_from, account_version)
);
insert into bank.interest_rates (account_id, valid_from, account_version, rate, recorded_at)
select id, (created_at at time zone (select time_zone from bank.fraud_settings))::date, version, interest_rate, clock_timestamp()
  from bank.accounts;

-- How the days of a year are counted, by account type, from a day on (sql/functions/day_count.sql).
create table bank.day_counts (
  account_type text not null check (account_type in ('SAVINGS', 'CHECKING', 'CREDIT')),
  valid_from   date not null,
  convention   text not null check (convention in ('ACT/365', 'ACT/360', '30/360')),
  primary key (account_type, valid_from)
);
insert into bank.day_counts (account_type, valid_from, convention) values
  ('SAVINGS', '-infinity', 'ACT/365'),
  ('CHECKING', '-infinity', 'ACT/365'),
  ('CREDIT', '-infinity', 'ACT/360');

-- What accrued: round(balance * rate * days / basis, 10) for each account that has a rate, and each day. Owed by the account where it is
-- negative. run_date is the day whose run wrote the row. Where `day` is an earlier one, the row adjusts what had accrued for it: balance and
-- rate are those that it should have been, the amount is the difference.
-- The key begins with the run's day: a day's rows are written side by side, and no earlier page is touched. The numbers have the scale of what
-- they come from; to have each of a million rows checked for it would take a tenth of the time.
create table bank.interest_accruals (
  run_date   date not null,
  account_id uuid not null,
  day        date not null,
  balance    numeric not null,
  rate       numeric not null,
  days       smallint not null,
  basis      smallint not null,
  amount     numeric not null,
  primary key (run_date, account_id, day),
  constraint accrues_for_days_past check (day <= run_date)
);

-- What was posted of it, as of the close of run_date: the last day of a month, or the day before an account was closed.
-- carried_in + accrued = posted + carried.
create table bank.interest_capitalisations (
  account_id     uuid not null,
  run_date       date not null,
  carried_in     numeric(23,10) not null,
  accrued        numeric(23,10) not null,
  posted         numeric(19,4) not null,
  carried        numeric(23,10) not null,
  transaction_id uuid,
  created_at     timestamptz not null,
  primary key (account_id, run_date),
  constraint nothing_is_lost check (carried_in + accrued = posted + carried),
  constraint posted_has_a_transaction check ((posted <> 0) = (transaction_id is not null))
);

-- What accrued from a day on may no longer be right: a posting or a rate was entered for it afterwards. The next run looks (worked_on).
create table bank.interest_revisions (
  account_id uuid not null,
  caused_by  uuid not null,     -- the transaction, or the command that changed the rate
  since      date not null,
  noted_at   timestamptz not null default clock_timestamp(),
  worked_on  date,
  primary key (account_id, caused_by)
);
create index interest_revisions_open on bank.interest_revisions (account_id) where worked_on is null;

create trigger append_only before update or delete on bank.interest_rates for each row execute function bank.refuse_change();
create trigger append_only before update or delete on bank.interest_accruals for each row execute function bank.refuse_change();
create trigger append_only before update or delete on bank.interest_capitalisations for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.interest_rates for each statement execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.interest_accruals for each statement execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.interest_capitalisations for each statement execute function bank.refuse_change();

-- One entry that a job posts on an account: added where the amount is positive, taken where it is negative.
create type bank.scheduled_entry as (
  account_id     uuid,
  transaction_id uuid,
  amount         numeric
);

-- What an account has accrued in a month, and what was carried into it.
create type bank.interest_due as (
  account_id uuid,
  accrued    numeric,
  carried_in numeric
);

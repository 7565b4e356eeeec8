-- Notifications: what customers are to be told, made with the processing of the event that it is about, sent afterwards.

-- From which amount on money that leaves an account is told to its owner: in a currency's own row, or in the one without a currency.
create table bank.large_debit_thresholds (
  currency   text references bank.currencies (code),
  amount     numeric(19,4) not null check (amount > 0),
  updated_at timestamptz not null default clock_timestamp(),
  constraint large_debit_thresholds_currency_key unique nulls not distinct (currency)
);
insert into bank.large_debit_thresholds (currency, amount) values (null, 1000);

-- What one customer is told of one event, as functions pass it on; null for nothing.
create type bank.notice as (
  customer_id uuid,
  kind        text,
  facts       jsonb
);

-- Nothing personal stands here: name and address are read when it is sent. So a customer's row may go and its notifications stay;
-- there is no key to it, nor to the event.
-- due_at: when it may be taken (again), which whoever takes it puts off. A row that is neither sent nor abandoned is to be sent.
create table bank.notifications (
  id           uuid primary key,
  event_id     uuid not null,
  customer_id  uuid not null,
  kind         text not null check (kind in ('account-frozen', 'transfer-blocked', 'large-debit', 'profile-changed', 'account-changed')),
  facts        jsonb not null,
  created_at   timestamptz not null,
  due_at       timestamptz not null,
  attempts     smallint not null default 0,
  sent_at      timestamptz,
  abandoned_at timestamptz,
  constraint notifications_made_once unique (event_id, customer_id, kind),
  constraint sent_or_abandoned check (num_nonnulls(sent_at, abandoned_at) < 2)
);
create index notifications_due on bank.notifications (due_at) where sent_at is null and abandoned_at is null;

-- Addresses that customers have given up, each until it has been told so: who takes over a record changes the address first. version is
-- the record's that no longer has it.
create table bank.former_emails (
  customer_id uuid not null references bank.customers (id) on delete cascade,
  version     bigint not null,
  email       text not null,
  primary key (customer_id, version)
);

-- Standing orders: transfers that a customer has asked for once and that fall due by the calendar of the bank's time zone.

create table bank.standing_orders (
  id              uuid primary key,
  customer_id     uuid not null references bank.customers (id),   -- whose account pays, and on whose behalf
  from_account_id uuid not null references bank.accounts (id),
  to_account_id   uuid not null references bank.accounts (id),
  amount          numeric(19,4) not null check (amount > 0),
  currency        text not null,
  description     text,
  frequency       text not null check (frequency in ('DAILY', 'WEEKLY', 'MONTHLY')),
  start_date      date not null,
  -- It ends after this day, or after so many due dates, or when it is cancelled.
  end_date        date,
  occurrences     integer check (occurrences > 0),
  status          text not null default 'ACTIVE' check (status in ('ACTIVE', 'PAUSED', 'CANCELLED', 'COMPLETED')),
  -- The due date that comes next, and how many came before it. It is tried on attempt_on: on the day itself, or on a later one when it has
  -- failed for want of money, so many times.
  due_number      integer not null default 0,
  due_date        date,
  attempt_on      date,
  attempts        smallint not null default 0,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint order_pays_another_account check (from_account_id <> to_account_id),
  constraint ends_once check (num_nonnulls(end_date, occurrences) <= 1),
  constraint due_while_it_lasts check (num_nonnulls(due_date, attempt_on) = case when status in ('ACTIVE', 'PAUSED') then 2 else 0 end)
);
create index standing_orders_due on bank.standing_orders (attempt_on, id) where status = 'ACTIVE';
create index standing_orders_customer on bank.standing_orders (customer_id, created_at, id);
create index standing_orders_account on bank.standing_orders (from_account_id, created_at, id);

-- What became of each due date that was tried: one row, whatever happens.
create table bank.standing_order_runs (
  order_id       uuid not null references bank.standing_orders (id),
  due_date       date not null,
  status         text not null check (status in ('PAID', 'RETRYING', 'FAILED')),
  failure_code   text,
  transaction_id uuid,           -- of the latest try
  attempts       smallint not null,
  attempted_at   timestamptz not null,
  primary key (order_id, due_date),
  constraint failed_has_a_code check ((status = 'PAID') = (failure_code is null))
);

create trigger never_removed before delete on bank.standing_orders for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.standing_orders for each statement execute function bank.refuse_change();
create trigger never_removed before delete on bank.standing_order_runs for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.standing_order_runs for each statement execute function bank.refuse_change();

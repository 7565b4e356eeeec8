-- Fees: what is charged for what, as rows, and each fee that was charged, or that an account had no money for.

-- Without a row for an account's type and currency there is no such fee. None is charged until staff switch it on.
create table bank.fee_rules (
  id              uuid primary key,
  fee_type        text not null check (fee_type in ('MONTHLY_MAINTENANCE', 'OVERDRAFT')),
  account_type    text not null check (account_type in ('SAVINGS', 'CHECKING', 'CREDIT')),
  currency        text not null references bank.currencies (code),
  amount          numeric(19,4) not null check (amount > 0),
  -- Whoever holds at least this at the end of each day of a month pays nothing for it; null: everybody pays.
  minimum_balance numeric(19,4) check (minimum_balance is null or fee_type = 'MONTHLY_MAINTENANCE'),
  enabled         boolean not null default false,
  version         bigint not null default 1,
  updated_at      timestamptz not null default clock_timestamp(),
  unique (fee_type, account_type, currency)
);
insert into bank.fee_rules (id, fee_type, account_type, currency, amount, minimum_balance) values
  ('00000000-0000-8000-8000-0000000000f1', 'MONTHLY_MAINTENANCE', 'CHECKING', 'USD', 5.00, 500.00),
  ('00000000-0000-8000-8000-0000000000f2', 'MONTHLY_MAINTENANCE', 'SAVINGS', 'USD', 3.00, 300.00),
  ('00000000-0000-8000-8000-0000000000f3', 'OVERDRAFT', 'CHECKING', 'USD', 25.00, null);

-- A fee and its cause: the day on which an account went below zero, or a month by its last day. There is one at most for each cause.
-- Without a transaction the account could not pay it: nothing was taken, and nothing will be. A row is never changed: one that was waived is
-- one whose transaction is reversed.
create table bank.fees (
  id             uuid primary key,
  account_id     uuid not null references bank.accounts (id),
  fee_type       text not null,
  day            date not null,
  amount         numeric(19,4) not null check (amount > 0),
  currency       text not null,
  transaction_id uuid unique,
  created_at     timestamptz not null,
  unique (account_id, fee_type, day)
);
create index fees_account on bank.fees (account_id, created_at, id);

create trigger append_only before update or delete on bank.fees for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.fees for each statement execute function bank.refuse_change();

-- The postings that took an account below zero: few, and found by their day.
create index postings_overdrawn on bank.postings (value_date, account_id) where balance_after < 0 and balance_after - amount >= 0;

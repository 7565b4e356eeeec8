-- Holds: money of an account that has been promised and has not moved yet. How much is kept on the account itself, so that a movement,
-- which locks and reads that row anyway, sees it without a look elsewhere (docs/decisions/0014-held-money-stands-on-the-account.md).

-- held: what the account's open holds have not captured. Written under the account's lock by whoever places or ends one.
alter table bank.accounts
  add column held numeric(19,4) not null default 0,
  add constraint held_is_no_debt check (held >= 0),
  add constraint held_is_there check (balance + overdraft_limit - held >= 0);

-- An open hold counts until expires_at, whether or not somebody has written by then that it is over.
create table bank.holds (
  id          uuid primary key,
  account_id  uuid not null references bank.accounts (id),
  amount      numeric(19,4) not null check (amount > 0),
  captured    numeric(19,4) not null default 0,
  currency    text not null,
  status      text not null default 'OPEN' check (status in ('OPEN', 'CAPTURED', 'RELEASED', 'EXPIRED')),
  description text,
  verdict     jsonb not null,   -- of the fraud rules, when it was placed; it goes with what is captured
  placed_by   uuid not null,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  ended_at    timestamptz,
  constraint captured_is_held check (captured between 0 and amount),
  constraint expires_after_it_began check (expires_at > created_at),
  constraint ended_has_a_time check ((status = 'OPEN') = (ended_at is null)),
  constraint open_has_something_left check (status <> 'OPEN' or captured < amount)
);
create index holds_account on bank.holds (account_id, created_at, id);
create index holds_open on bank.holds (account_id) where status = 'OPEN';
create index holds_due on bank.holds (expires_at) where status = 'OPEN';

-- The transactions that captured a hold, or parts of it.
create table bank.hold_captures (
  transaction_id uuid primary key,
  hold_id        uuid not null references bank.holds (id),
  created_at     timestamptz not null
);
create index hold_captures_hold on bank.hold_captures (hold_id, created_at);

create trigger never_removed before delete on bank.holds for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.holds for each statement execute function bank.refuse_change();
create trigger append_only before update or delete on bank.hold_captures for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.hold_captures for each statement execute function bank.refuse_change();

-- A hold names nobody who is paid: after a false alarm its allowance does not either.
alter table bank.fraud_allowances alter column to_account_id drop not null;

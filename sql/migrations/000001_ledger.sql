-- The ledger: who has accounts, what moved, and the two lines of every movement.
-- The tables are private. Only the functions under sql/functions write them (see sql/roles.sql).

create schema bank;

-- The currencies an account can be in: ISO 4217 (2024 list). Their decimal places: sql/functions/minor_units.sql.
create table bank.currencies (
  code text primary key check (code ~ '^[A-Z]{3}$')
);

insert into bank.currencies (code)
select unnest(string_to_array(
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP '
  'CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES '
  'KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD '
  'OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY '
  'TTD TWD TZS UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW',
  ' '));

-- A customer's id is its user's `sub` in the identity provider.
create table bank.customers (
  id            uuid primary key,
  first_name    text not null check (first_name <> ''),
  last_name     text not null check (last_name <> ''),
  email         text not null,
  phone         text unique check (phone ~ '^\+[1-9]\d{6,14}$'),
  date_of_birth date,
  address       jsonb,
  kyc_verified  boolean not null default false,
  created_at    timestamptz not null default clock_timestamp(),
  updated_at    timestamptz not null default clock_timestamp()
);
create unique index customers_email_key on bank.customers (lower(email));

create sequence bank.account_numbers start 100000001;

-- fillfactor leaves room on each page, so that a balance's update stays on it and touches no index.
create table bank.accounts (
  id              uuid primary key,
  account_number  text not null unique,
  customer_id     uuid not null references bank.customers (id),
  account_type    text not null check (account_type in ('SAVINGS', 'CHECKING', 'CREDIT')),
  balance         numeric(19,4) not null default 0,
  currency        text not null default 'USD' references bank.currencies (code),
  status          text not null default 'ACTIVE' check (status in ('ACTIVE', 'FROZEN', 'CLOSED')),
  interest_rate   numeric(9,6) not null default 0 check (interest_rate between 0 and 1),
  overdraft_limit numeric(19,4) not null default 0 check (overdraft_limit >= 0),
  version         bigint not null default 1,
  created_at      timestamptz not null default clock_timestamp(),
  updated_at      timestamptz not null default clock_timestamp(),
  constraint balance_within_overdraft_limit check (balance + overdraft_limit >= 0)
) with (fillfactor = 80);
create index accounts_customer on bank.accounts (customer_id, created_at, id);

-- Where money enters and leaves. These keep no balance: it is the sum of their postings, so nothing waits for their rows.
create table bank.internal_accounts (
  id       uuid primary key,
  code     text not null check (code in ('CASH', 'INTEREST_EXPENSE', 'INTEREST_INCOME', 'FEE_INCOME', 'SUSPENSE')),
  currency text not null references bank.currencies (code),
  unique (code, currency)
);

insert into bank.internal_accounts (id, code, currency)
select md5('internal account ' || kinds.code || ' ' || currencies.code)::uuid, kinds.code, currencies.code
  from bank.currencies,
       unnest(array['CASH', 'INTEREST_EXPENSE', 'INTEREST_INCOME', 'FEE_INCOME', 'SUSPENSE']) as kinds (code);

create sequence bank.transaction_numbers cache 32;

-- The journal. A row is never changed: a reversal is another row that names the one it reverses.
-- There are no foreign keys to accounts: accounts are never deleted, only functions that hold the accounts' locks write
-- here, and a key on a busy row would be locked by every movement (docs/decisions/0003-no-foreign-keys-on-postings.md).
create table bank.transactions (
  id                      uuid primary key,
  transaction_ref         text not null unique,
  transaction_type        text not null check (transaction_type in ('DEPOSIT', 'WITHDRAWAL', 'TRANSFER', 'INTEREST', 'FEE', 'REVERSAL')),
  from_account_id         uuid,
  to_account_id           uuid,
  amount                  numeric(19,4) not null check (amount > 0),
  currency                text not null,
  status                  text not null check (status in ('PENDING', 'COMPLETED', 'FAILED')),
  failure_code            text,
  description             text,
  reverses_transaction_id uuid,
  initiated_by            uuid not null,
  metadata                jsonb not null,
  created_at              timestamptz not null,
  completed_at            timestamptz,
  constraint accounts_differ check (from_account_id <> to_account_id),
  constraint an_account_is_named check (coalesce(from_account_id, to_account_id) is not null),
  constraint failure_has_a_code check ((status = 'FAILED') = (failure_code is not null)),
  constraint completed_has_a_time check ((status = 'COMPLETED') = (completed_at is not null))
);
create index transactions_from on bank.transactions (from_account_id, created_at, id) where from_account_id is not null;
create index transactions_to on bank.transactions (to_account_id, created_at, id) where to_account_id is not null;
create unique index transactions_reversed_once on bank.transactions (reverses_transaction_id)
  where reverses_transaction_id is not null and status = 'COMPLETED';

-- The lines of a transaction: what is added to an account (negative: taken), and the balance after it.
-- balance_after and account_version are null for internal accounts.
create table bank.postings (
  transaction_id  uuid not null,
  account_id      uuid not null,
  amount          numeric(19,4) not null check (amount <> 0),
  currency        text not null,
  balance_after   numeric(19,4),
  account_version bigint,
  created_at      timestamptz not null,
  primary key (transaction_id, account_id)
);
create index postings_account on bank.postings (account_id, created_at, account_version);

-- The outbox: what happened, committed with what it happened to.
create table bank.events (
  id             uuid primary key,
  type           text not null,
  version        smallint not null,
  aggregate_type text not null,
  aggregate_id   uuid not null,
  actor          jsonb not null,
  context        jsonb not null,
  data           jsonb not null,
  created_at     timestamptz not null,
  processed_at   timestamptz
);
create index events_unprocessed on bank.events (created_at) where processed_at is null;

-- The answer to each command, by who sent it and under which key, so that sending it again changes nothing.
create table bank.idempotency_keys (
  actor_id     uuid not null,
  key          text not null check (length(key) between 1 and 255),
  command_id   uuid not null,
  request_hash bytea not null,
  answer       jsonb not null,
  created_at   timestamptz not null default clock_timestamp(),
  primary key (actor_id, key)
);

-- One movement of money as the functions pass it on: between two accounts, or between one and an internal account.
create type bank.movement as (
  id                      uuid,
  transaction_type        text,
  from_account_id         uuid,
  to_account_id           uuid,
  internal_code           text,
  amount                  numeric,
  description             text,
  reverses_transaction_id uuid,
  idempotency_key         text,
  caller                  jsonb
);

-- What has been written in the ledger stays written, whoever asks.
create function bank.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are never changed or removed: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

create trigger append_only before update or delete on bank.transactions for each row execute function bank.refuse_change();
create trigger append_only before update or delete on bank.postings for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.transactions for each statement execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.postings for each statement execute function bank.refuse_change();
create trigger never_removed before delete on bank.accounts for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.accounts for each statement execute function bank.refuse_change();

-- All lines of a transaction are written by one statement, and they sum to zero in each currency.
create function bank.refuse_unbalanced() returns trigger language plpgsql as $$
begin
  if exists (select from written group by transaction_id, currency having sum(amount) <> 0) then
    raise exception 'the postings of a transaction do not sum to zero' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger postings_balance after insert on bank.postings
  referencing new table as written for each statement execute function bank.refuse_unbalanced();

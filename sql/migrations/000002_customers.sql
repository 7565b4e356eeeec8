-- Customers' identity: the social security number under KMS, its blind index, the decision about who they are, their status.

-- Functions whose parameters change are other functions to PostgreSQL; sql/functions has the new ones.
drop function if exists bank.register_customer(uuid, text, text, text, text, date, jsonb, jsonb);
drop function if exists bank.open_account(uuid, uuid, text, text, numeric, numeric, integer, text, jsonb);

-- The ciphertext is KMS's, under the encryption context {"customer_id": id}: in another customer's row it doesn't decrypt.
-- Customers from before this migration have no number. kyc_decided_at tells a refused identity from one not yet looked at.
alter table bank.customers
  add column status         text not null default 'ACTIVE' check (status in ('ACTIVE', 'FROZEN')),
  add column version        bigint not null default 1,
  add column ssn_ciphertext bytea,
  add column ssn_last4      text check (ssn_last4 ~ '^\d{4}$'),
  add column kyc_decided_at timestamptz,
  add column kyc_decided_by uuid,
  add column kyc_reason     text,
  add constraint ssn_is_whole check (num_nulls(ssn_ciphertext, ssn_last4) in (0, 2)),
  add constraint kyc_decision_is_whole check (num_nulls(kyc_decided_at, kyc_decided_by, kyc_reason) in (0, 3));

-- The blind index: the HMAC of each number's nine digits, under each HMAC key in use, named by its version.
-- A table and not a column, so that a number stays unique while the HMAC key is replaced: from then on a new customer's
-- number is written under the old key and the new one, the others' are added under the new one, and only when nobody
-- lacks it is the old key given up. At any time there is one key under which every customer's number stands.
create table bank.ssn_indexes (
  customer_id uuid not null references bank.customers (id),
  key_version integer not null check (key_version > 0),
  mac         bytea not null check (length(mac) = 32),
  created_at  timestamptz not null default clock_timestamp(),
  primary key (customer_id, key_version),
  constraint ssn_indexes_taken unique (key_version, mac)
);

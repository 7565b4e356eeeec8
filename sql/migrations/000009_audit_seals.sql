-- Seals over the audit: a row that was changed or removed after it was sealed is found out (docs/AUDIT.md).

-- The header of each seal; the archive keeps them too, and has the last word. Hashes are SHA-256, signatures KMS's.
create table bank.audit_seals (
  number            integer primary key check (number >= 1),
  previous_hash     bytea not null unique check (length(previous_hash) = 32),  -- unique: the chain does not fork
  hash              bytea not null unique check (length(hash) = 32),
  root              bytea not null check (length(root) = 32),
  count             integer not null check (count >= 1),
  first_id          uuid not null,
  first_occurred_at timestamptz not null,
  last_id           uuid not null,
  last_occurred_at  timestamptz not null,
  key_id            text not null,
  algorithm         text not null,
  signature         bytea not null,
  sealed_at         timestamptz not null
);

-- Which row is where in which seal. There is no foreign key to the rows: a seal that is taken over from the archive may name a row
-- that somebody has removed, and that shall be told, not refused.
create table bank.audit_leaves (
  audit_log_id uuid primary key,
  seal_number  integer not null references bank.audit_seals (number),
  position     integer not null check (position >= 0),
  leaf_hash    bytea not null check (length(leaf_hash) = 32),
  unique (seal_number, position)
);

create trigger append_only before update or delete on bank.audit_seals for each row execute function bank.refuse_change();
create trigger append_only before update or delete on bank.audit_leaves for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.audit_seals for each statement execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.audit_leaves for each statement execute function bank.refuse_change();

-- The rows that no seal has yet. A list, and not what a search would find: no row is overlooked because it was committed late, and
-- finding the new ones does not take longer as the audit grows.
create table bank.audit_unsealed (
  audit_log_id uuid primary key,
  occurred_at  timestamptz not null
);
create index audit_unsealed_time on bank.audit_unsealed (occurred_at, audit_log_id);

create function bank.await_seal() returns trigger language plpgsql as $$
begin
  insert into bank.audit_unsealed (audit_log_id, occurred_at) select id, occurred_at from written;
  return null;
end $$;

create trigger awaits_seal after insert on bank.audit_logs
  referencing new table as written for each statement execute function bank.await_seal();

insert into bank.audit_unsealed (audit_log_id, occurred_at) select id, occurred_at from bank.audit_logs;

-- The way of an event from its commit to the audit: sent by the handler, again by the relay until somebody has processed it.

-- relay_after: when the relay may take it (again); null until it has been taken once. relays: how often it was sent again.
alter table bank.events
  add column relay_after timestamptz,
  add column relays      smallint not null default 0;

-- Who did what to which thing: one row for each event, written by the worker. A row is never changed.
create table bank.audit_logs (
  id          uuid primary key,   -- the event's
  action      text not null,      -- the event's type
  version     smallint not null,  -- and the version of its form
  entity_type text not null,
  entity_id   uuid not null,
  actor_id    uuid,
  actor_roles jsonb not null,
  ip          text,
  user_agent  text,
  old_values  jsonb,
  new_values  jsonb,
  metadata    jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp()
);
-- Each filter of GET /audit-logs reads its rows newest first, and no more of them than the page holds.
create index audit_logs_time on bank.audit_logs (occurred_at, id);
create index audit_logs_entity on bank.audit_logs (entity_id, occurred_at, id);
create index audit_logs_entity_type on bank.audit_logs (entity_type, occurred_at, id);
create index audit_logs_actor on bank.audit_logs (actor_id, occurred_at, id);
create index audit_logs_action on bank.audit_logs (action, occurred_at, id);

create trigger append_only before update or delete on bank.audit_logs for each row execute function bank.refuse_change();
create trigger never_emptied before truncate on bank.audit_logs for each statement execute function bank.refuse_change();

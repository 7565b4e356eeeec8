-- Fraud: the rules as rows, the alerts that they raise, and what a customer is let do once after a false alarm.

-- Functions whose parameters change are other functions to PostgreSQL; sql/functions has the new ones.
drop function if exists bank.post_entry(bank.movement, bank.accounts, bank.accounts);
drop function if exists bank.record_refusal(bank.movement, jsonb, bank.accounts);
drop function if exists bank.move_account_status(uuid, uuid, text, text, text, text, jsonb);
drop function if exists bank.move_customer_status(uuid, uuid, text, text, text, text, jsonb);
drop function if exists bank.unfreeze_account(uuid, uuid, text, jsonb);
drop function if exists bank.unfreeze_customer(uuid, uuid, text, jsonb);

-- What holds for all rules: the scores from which something is done, and where the bank's nights are. One row.
-- The stage says the time zone at each deploy until staff have said otherwise.
create table bank.fraud_settings (
  only_row          boolean primary key default true check (only_row),
  time_zone         text not null default 'UTC',
  time_zone_by_hand boolean not null default false,
  monitor_from      smallint not null default 30,
  review_from       smallint not null default 50,
  block_from        smallint not null default 70,
  alert_from        smallint not null default 90,
  version           bigint not null default 1,
  updated_at        timestamptz not null default clock_timestamp(),
  constraint outcomes_in_order check (1 <= monitor_from and monitor_from < review_from and review_from < block_from
    and block_from < alert_from and alert_from <= 100)
);
insert into bank.fraud_settings default values;

-- Rules of the GATE are asked before a transfer moves, under its locks; those of the REVIEW afterwards, by the worker.
create table bank.fraud_rules (
  rule       text primary key,
  phase      text not null check (phase in ('GATE', 'REVIEW')),
  enabled    boolean not null default true,
  parameters jsonb not null check (jsonb_typeof(parameters) = 'object'),
  version    bigint not null default 1,
  updated_at timestamptz not null default clock_timestamp(),
  -- A rule without one of its parameters would find nothing and say so to nobody.
  constraint gate_parameters_are_whole check (case rule
    when 'VELOCITY' then parameters ?& '{window_minutes,some,some_score,many,many_score}'
    when 'AMOUNT_ANOMALY' then parameters ?& '{days,sample,least_sample,least_deviation,unusual_z,unusual_score,extreme_z,extreme_score}'
    when 'NIGHT_TIME' then parameters ?& '{from_hour,to_hour,days,enough,none_score,few_score}'
    when 'LOCATION' then parameters ?& '{near_hours,near_score,far_hours,far_score}'
    else phase <> 'GATE'
  end)
);
insert into bank.fraud_rules (rule, phase, parameters) values
  ('VELOCITY', 'GATE', '{"window_minutes": 60, "some": 5, "some_score": 40, "many": 10, "many_score": 80}'),
  ('AMOUNT_ANOMALY', 'GATE', '{"days": 90, "sample": 100, "least_sample": 10, "least_deviation": "0.1",
    "unusual_z": "2", "unusual_score": 50, "extreme_z": "3", "extreme_score": 90}'),
  ('NIGHT_TIME', 'GATE', '{"from_hour": 2, "to_hour": 5, "days": 30, "enough": 3, "none_score": 70, "few_score": 30}'),
  ('LOCATION', 'GATE', '{"near_hours": 1, "near_score": 95, "far_hours": 6, "far_score": 50}'),
  ('IMPOSSIBLE_TRAVEL', 'REVIEW', '{"least_kilometres": 500, "kilometres_an_hour": 800, "accuracy_kilometres": 100, "score": 60}'),
  ('STRUCTURING', 'REVIEW', '{"currency": "USD", "threshold": "10000", "share": "0.8", "hours": 72, "least_count": 3, "score": 60}'),
  ('FAN_IN_FAN_OUT', 'REVIEW', '{"hours": 24, "least_senders": 4, "times_usual": 3, "passed_on": "0.8", "least_part": "0.2", "score": 70}'),
  ('DORMANT_ACCOUNT', 'REVIEW', '{"currency": "USD", "dormant_days": 180, "least_amount": "1000", "score": 50}'),
  ('FIRST_LARGE_PAYMENT', 'REVIEW', '{"currency": "USD", "least_amount": "3000", "times_usual": "5", "score": 50}');

-- One alert for each transaction that looked wrong, blocked or not. The attempt that was blocked is a FAILED transaction.
create table bank.fraud_alerts (
  id               uuid primary key,
  transaction_id   uuid not null unique,
  account_id       uuid not null references bank.accounts (id),
  alert_type       text not null,
  risk_score       smallint not null check (risk_score between 0 and 100),
  outcome          text not null check (outcome in ('MONITOR', 'FLAG_FOR_REVIEW', 'BLOCK_PENDING_REVIEW', 'BLOCK_AND_ALERT')),
  -- [{"rule", "score", …what it saw}]
  rules_triggered  jsonb not null,
  status           text not null default 'OPEN' check (status in ('OPEN', 'INVESTIGATING', 'RESOLVED', 'FALSE_POSITIVE')),
  investigator     uuid,
  resolution_notes text,
  version          bigint not null default 1,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  resolved_at      timestamptz,
  constraint resolved_has_notes_and_time check ((status in ('RESOLVED', 'FALSE_POSITIVE')) = (resolved_at is not null)
    and (resolved_at is null) = (resolution_notes is null))
);
create index fraud_alerts_time on bank.fraud_alerts (created_at, id);
create index fraud_alerts_status on bank.fraud_alerts (status, created_at, id);
create index fraud_alerts_outcome on bank.fraud_alerts (outcome, created_at, id);
create index fraud_alerts_type on bank.fraud_alerts (alert_type, created_at, id);
create index fraud_alerts_account on bank.fraud_alerts (account_id, created_at, id);

-- After a false alarm: the same transfer, once, for a day.
create table bank.fraud_allowances (
  alert_id        uuid primary key references bank.fraud_alerts (id),
  from_account_id uuid not null,
  to_account_id   uuid not null,
  amount          numeric(19,4) not null,
  expires_at      timestamptz not null,
  used_by         uuid,
  used_at         timestamptz,
  constraint used_is_whole check (num_nulls(used_by, used_at) in (0, 2))
);
create index fraud_allowances_unused on bank.fraud_allowances (from_account_id) where used_by is null;

-- What an account has spent, newest last: the rules read no more of it than they need, however many attempts failed in between.
create index transactions_spent on bank.transactions (from_account_id, created_at) include (amount) where status = 'COMPLETED';

-- Who froze it, so that somebody else lets it go again. Null while it is not frozen, and where the bank's own rules froze it.
alter table bank.accounts add column frozen_by uuid;
alter table bank.customers add column frozen_by uuid;

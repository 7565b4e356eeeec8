-- How often customers may ask: the bank's default in the row without a customer, and the customers who have their own.
create table bank.rate_limits (
  customer_id          uuid references bank.customers (id),
  transfers_per_minute integer not null check (transfers_per_minute between 0 and 10000),
  requests_per_hour    integer not null check (requests_per_hour between 0 and 1000000),
  updated_at           timestamptz not null default clock_timestamp(),
  constraint rate_limits_customer_key unique nulls not distinct (customer_id)
);

insert into bank.rate_limits (customer_id, transfers_per_minute, requests_per_hour) values (null, 10, 1000);

-- What a caller has asked for lately: the hour that began with its first request, and the moments of its last minute's transfers.
-- There is no key to customers: who has a token but is not registered yet is counted too.
-- fillfactor leaves room on each page: the row is written by every request, and touches no index. A long list of moments is not
-- compressed, as it is written again by every transfer.
create table bank.rate_counters (
  customer_id uuid primary key,
  hour_start  timestamptz not null,
  requests    integer not null,
  transfers   timestamptz[] storage external not null default '{}'
) with (fillfactor = 50);

-- What every function for callers begins with: refuses who is frozen, and counts the request of a customer. Returns null or a
-- refusal. Staff are not counted, nor is what a schedule does.
-- The hour is a fixed window that begins with its first request: exact, and one row of constant size. Keeping the moments of a
-- thousand requests instead would let no hour at all hold more, at the price of rewriting 8 kB for each reading of a balance.
-- The counter's row stays locked until commit, so a customer's requests are counted one after another. It is the first lock that
-- any function waits for, and nobody takes two of them: together with the order of accounts by id, no deadlock is possible.
create or replace function bank.admit_caller(caller jsonb) returns jsonb
language plpgsql as $$
declare
  span constant interval := '1 hour';
  actor uuid := (caller ->> 'id')::uuid;
  refusal jsonb := bank.refuse_caller(caller);
  counter bank.rate_counters;
  quota integer;
  at timestamptz;
begin
  if refusal is not null or not bank.is_rate_limited(caller) then
    return refusal;
  end if;

  select * into counter from bank.rate_counters where customer_id = actor for no key update;
  if not found then
    insert into bank.rate_counters (customer_id, hour_start, requests) values (actor, '-infinity', 0) on conflict do nothing;
    select * into strict counter from bank.rate_counters where customer_id = actor for no key update;
  end if;
  quota := (bank.rate_limits_of(actor)).requests_per_hour;
  -- Read after the lock was taken, so that time never runs backwards from one request to the next.
  at := clock_timestamp();

  if counter.hour_start + span <= at then
    counter.hour_start := at;
    counter.requests := 0;
  end if;
  if counter.requests >= quota then
    return bank.refusal('RATE_LIMITED') || jsonb_build_object('rate_limit',
      bank.rate_limit_json('requests', quota, span, 0, counter.hour_start + span - at));
  end if;
  update bank.rate_counters set hour_start = counter.hour_start, requests = counter.requests + 1 where customer_id = actor;
  return null;
end $$;

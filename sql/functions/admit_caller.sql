-- What every function for callers begins with: refuses who is frozen, and counts what a customer asks for, as a request and as so many
-- transfers, all of them or none. Answers a refusal, or {"rate_limit": how the caller stands} after transfers were counted, or null. Staff
-- are not counted, nor is what a schedule does.
-- Requests: the hour is a fixed window that begins with its first request: exact, and of constant size. Keeping the moments of a
-- thousand requests instead would let no hour at all hold more, at the price of rewriting 8 kB for each reading of a balance.
-- Transfers: the moments of the last minute are kept, so that no 60 seconds at all hold more than the limit: a window that begins
-- at a fixed moment would let twice as many through around its end, and here it is money that goes through.
-- The counter's row stays locked until commit, so a customer's requests are counted one after another. It is the first lock that
-- any function waits for, and nobody takes two of them: together with the order of accounts by id, no deadlock is possible.
create or replace function bank.admit_caller(caller jsonb, transfers integer default 0) returns jsonb
language plpgsql as $$
declare
  hour constant interval := '1 hour';
  minute constant interval := '1 minute';
  actor uuid := (caller ->> 'id')::uuid;
  known record;
  at timestamptz;
  recent timestamptz[];
  refusal jsonb;
  standing jsonb;
begin
  if not bank.is_rate_limited(caller) then
    return bank.refuse_caller(caller);
  end if;

  -- All that is to be known of a caller, in one statement: every request asks.
  loop
    select counter.*, disabled.user_id is not null as disabled, customer.status,
           coalesce(own.requests_per_hour, everybody.requests_per_hour) as requests_per_hour,
           coalesce(own.transfers_per_minute, everybody.transfers_per_minute) as transfers_per_minute
      into known
      from bank.rate_counters counter
      join bank.rate_limits everybody on everybody.customer_id is null
      left join bank.rate_limits own on own.customer_id = actor
      left join bank.disabled_users disabled on disabled.user_id = actor
      left join bank.customers customer on customer.id = actor
     where counter.customer_id = actor for no key update of counter;
    exit when found;
    insert into bank.rate_counters (customer_id, hour_start, requests) values (actor, '-infinity', 0) on conflict do nothing;
  end loop;
  refusal := bank.refuse_person(known.disabled, known.status);
  if refusal is not null then
    return refusal;
  end if;

  -- Read after the lock was taken, so that time never runs backwards from one request to the next.
  at := clock_timestamp();
  if known.hour_start + hour <= at then
    known.hour_start := at;
    known.requests := 0;
  end if;
  if known.requests >= known.requests_per_hour then
    return bank.refusal('RATE_LIMITED') || jsonb_build_object('rate_limit',
      bank.rate_limit_json('requests', known.requests_per_hour, hour, 0, known.hour_start + hour - at));
  end if;

  recent := known.transfers;
  if transfers > 0 then
    -- In order of time, so what is over is at the front: width_bucket counts it by halving.
    recent := recent[width_bucket(at - minute, recent) + 1:];
    -- A limit of none, and one that was lowered below what the minute holds already, are kept as well.
    if transfers > 1 and transfers > known.transfers_per_minute then
      refusal := bank.refuse_input('transfers', format('must have at most %s: so many you may make in a minute', known.transfers_per_minute));
    elsif cardinality(recent) + transfers > known.transfers_per_minute then
      refusal := bank.refusal('RATE_LIMITED') || jsonb_build_object('rate_limit',
        bank.rate_limit_json('transfers', known.transfers_per_minute, minute, 0,
          coalesce(recent[cardinality(recent) - known.transfers_per_minute + transfers] + minute - at, minute)));
    else
      recent := recent || case when transfers = 1 then array[at] else array_fill(at, array[transfers]) end;
      standing := jsonb_build_object('rate_limit',
        bank.rate_limit_json('transfers', known.transfers_per_minute, minute,
          known.transfers_per_minute - cardinality(recent), recent[1] + minute - at));
    end if;
  end if;

  update bank.rate_counters set hour_start = known.hour_start, requests = known.requests + 1, transfers = recent where customer_id = actor;
  return coalesce(refusal, standing);
end $$;

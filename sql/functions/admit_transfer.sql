-- Counts a transfer that is about to be tried. Answers how the caller stands with its limit, {"rate_limit": …}, with a refusal beside
-- it when the minute is full; null for staff and schedules, who are not limited.
-- The moments of the last minute's transfers are kept, so that no 60 seconds at all hold more than the limit: a window that begins
-- at a fixed moment would let twice as many through around its end, and here it is money that goes through.
-- The caller's counter is locked since admit_caller.
create or replace function bank.admit_transfer(caller jsonb) returns jsonb
language plpgsql as $$
declare
  span constant interval := '1 minute';
  actor uuid := (caller ->> 'id')::uuid;
  at timestamptz := clock_timestamp();
  quota integer;
  recent timestamptz[];
begin
  if bank.is_rate_limited(caller) then
    quota := (bank.rate_limits_of(actor)).transfers_per_minute;
    select transfers into recent from bank.rate_counters where customer_id = actor;
    -- In order of time, so what is over is at the front: width_bucket counts it by halving.
    recent := recent[width_bucket(at - span, recent) + 1:];

    -- A limit of none, and one that was lowered below what the minute holds already, are kept as well.
    if cardinality(recent) >= quota then
      return bank.refusal('RATE_LIMITED') || jsonb_build_object('rate_limit', bank.rate_limit_json('transfers', quota, span, 0,
        coalesce(recent[cardinality(recent) - quota + 1] + span - at, span)));
    end if;
    recent := recent || at;
    update bank.rate_counters set transfers = recent where customer_id = actor;
    return jsonb_build_object('rate_limit',
      bank.rate_limit_json('transfers', quota, span, quota - cardinality(recent), recent[1] + span - at));
  end if;
  return null;
end $$;

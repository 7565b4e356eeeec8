-- A UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits, so that new rows land at the end of an index.
create or replace function bank.uuid_v7() returns uuid
language sql volatile as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;

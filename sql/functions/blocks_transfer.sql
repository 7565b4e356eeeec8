-- Whether a verdict keeps a transfer from happening.
create or replace function bank.blocks_transfer(verdict jsonb) returns boolean
language sql immutable as $$
  select verdict ->> 'outcome' in ('BLOCK_PENDING_REVIEW', 'BLOCK_AND_ALERT') and not verdict ? 'allowed'
$$;

-- A reference that a person can read out: TXN, the UTC day, and a number that never comes again.
create or replace function bank.new_transaction_ref(at timestamptz) returns text
language sql volatile as $$
  select 'TXN' || to_char(at at time zone 'UTC', 'YYYYMMDD') || lpad(nextval('bank.transaction_numbers')::text, 12, '0')
$$;

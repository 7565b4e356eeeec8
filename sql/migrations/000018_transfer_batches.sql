-- Transfers by the batch.

-- Functions whose parameters change are other functions to PostgreSQL; sql/functions has the new ones.
drop function if exists bank.admit_caller(jsonb, boolean);
drop function if exists bank.admit_transfer(jsonb, text, uuid, bytea);

-- What an account usually spends, as far as the rule AMOUNT_ANOMALY asks: of its latest payments the number, the mean and the deviation.
create type bank.usual_amounts as (
  payments  bigint,
  mean      numeric,
  deviation numeric
);

-- A transfer of a batch that is to be posted: what is to move, how both accounts stand afterwards, and what the gate thought of it.
create type bank.batch_entry as (
  movement            bank.movement,
  transaction_ref     text,
  currency            text,
  source_balance      numeric,
  source_version      bigint,
  destination_balance numeric,
  destination_version bigint,
  verdict             jsonb
);

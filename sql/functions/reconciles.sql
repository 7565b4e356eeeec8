-- Whether a statement's figures agree: what it opened with and what moved is what it closed with.
create or replace function bank.reconciles(statement bank.statements) returns boolean
language sql immutable as $$
  select statement.opening_balance + statement.total_in - statement.total_out = statement.closing_balance
$$;

-- COMPLETED, FAILED or PENDING as written; REVERSED once a completed transaction reverses it.
create or replace function bank.transaction_status(entry bank.transactions) returns text
language sql stable as $$
  select case
    when exists (select from bank.transactions reversal where reversal.reverses_transaction_id = entry.id and reversal.status = 'COMPLETED')
    then 'REVERSED'
    else entry.status
  end
$$;

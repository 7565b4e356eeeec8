-- How far an amount lies above what an account usually spends, as a score.
create or replace function bank.fraud_amount_anomaly(parameters jsonb, account_id uuid, amount numeric, at timestamptz) returns integer
language plpgsql stable as $$
begin
  return bank.amount_score(parameters, bank.usual_amounts(parameters, account_id, at), amount);
end $$;

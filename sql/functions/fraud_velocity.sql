-- How often money has moved on an account lately, as a score.
create or replace function bank.fraud_velocity(parameters jsonb, account_id uuid, at timestamptz) returns integer
language plpgsql stable as $$
begin
  return bank.velocity_score(parameters, bank.recent_movements(parameters, account_id, at));
end $$;

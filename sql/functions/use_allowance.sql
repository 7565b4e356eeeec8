-- Uses up what a false alarm left behind: the same transfer, or a hold of the same amount, may pass once. The source account is locked,
-- so only one can use it.
create or replace function bank.use_allowance(movement bank.movement) returns boolean
language plpgsql as $$
begin
  update bank.fraud_allowances set used_by = movement.id, used_at = clock_timestamp()
   where alert_id = (
     select allowance.alert_id from bank.fraud_allowances allowance
      where allowance.from_account_id = movement.from_account_id
        and allowance.to_account_id is not distinct from movement.to_account_id
        and allowance.amount = movement.amount and allowance.used_by is null and allowance.expires_at > clock_timestamp()
      order by allowance.expires_at limit 1);
  return found;
end $$;

-- What the rules of the gate make of a transfer at a moment: the verdict of those that have something to say.
-- The source account is locked, so no other transfer can slip in between these readings and the posting.
-- All are asked in one subtransaction, since each costs time. If a rule fails, all are asked again, each in its own: so it is known which.
create or replace function bank.score_transfer(account_id uuid, amount numeric, actor uuid, ip text, at timestamptz) returns jsonb
language plpgsql as $$
begin
  return bank.verdict_of(bank.ask_rules(account_id, amount, actor, ip, at));
exception
  when serialization_failure or deadlock_detected then
    raise; -- not a rule's fault: the whole call is sent again
  when others then
    return bank.verdict_of(bank.ask_rules_apart(account_id, amount, actor, ip, at));
end $$;

-- What follows for the suspicious transactions of these events: from FLAG_FOR_REVIEW on an alert is opened or added to, and from
-- BLOCK_AND_ALERT on no more money leaves the account, unless staff have called it a false alarm.
create or replace function bank.follow_up_verdicts(event_ids uuid[], findings jsonb) returns void
language plpgsql as $$
declare
  suspect record;
begin
  -- Accounts before alerts, as the gate locks them.
  perform bank.freeze_suspects(array(
    select account_id from bank.suspicious_transactions(event_ids, findings)
     where verdict ->> 'outcome' = 'BLOCK_AND_ALERT' and not false_alarm));
  for suspect in
    select * from bank.suspicious_transactions(event_ids, findings)
     where reviewed and verdict ->> 'outcome' not in ('APPROVE', 'MONITOR')
  loop
    perform bank.raise_alert(suspect.transaction_id, suspect.account_id, suspect.verdict,
      bank.system_caller() || jsonb_build_object('request_id', suspect.request_id));
  end loop;
end $$;

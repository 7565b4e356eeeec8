-- Whether an alert is about somebody's own money: the account that pays or the one that is paid is theirs, or they sent the payment.
create or replace function bank.has_part_in_alert(alert bank.fraud_alerts, person uuid) returns boolean
language sql stable as $$
  select exists (
    select from bank.transactions entry
     where entry.id = alert.transaction_id
       and (entry.initiated_by = person
            or exists (select from bank.accounts account where account.id in (entry.from_account_id, entry.to_account_id) and account.customer_id = person)))
$$;

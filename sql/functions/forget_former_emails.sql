-- Removes the addresses that these notifications were to tell of their having been given up: they have, or never will.
create or replace function bank.forget_former_emails(notification_ids uuid[]) returns void
language sql volatile as $$
  delete from bank.former_emails former using bank.notifications done
   where done.id = any(notification_ids) and former.customer_id = done.customer_id and former.version = (done.facts ->> 'version')::bigint
$$;

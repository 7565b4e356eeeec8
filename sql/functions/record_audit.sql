-- Writes the audit's row of each of these events.
create or replace function bank.record_audit(event_ids uuid[]) returns void
language sql volatile as $$
  insert into bank.audit_logs
  select written.*
    from bank.events event, lateral bank.audit_log_of(event, clock_timestamp()) written
   where event.id = any (event_ids)
   order by event.id
$$;

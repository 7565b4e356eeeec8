-- Writes the audit's row of each of these events. In plpgsql for its kept plan: every event comes here.
create or replace function bank.record_audit(event_ids uuid[]) returns void
language plpgsql as $$
begin
  insert into bank.audit_logs
  select written.*
    from bank.events event, lateral bank.audit_log_of(event, clock_timestamp()) written
   where event.id = any (event_ids)
   order by event.id;
end $$;

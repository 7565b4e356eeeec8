-- Writes what customers are to be told of an event; answers how many rows that made. Called in the commit that processes the event,
-- which may come again: then it makes none.
create or replace function bank.create_notifications(entry bank.events) returns integer
language plpgsql as $$
declare
  at timestamptz := clock_timestamp();
  notice bank.notice;
  made integer;
begin
  notice := case entry.aggregate_type
    when 'account' then bank.account_notice(entry)
    when 'customer' then bank.customer_notice(entry)
    when 'transaction' then bank.payment_notice(entry)
  end;
  if notice.kind is null then
    return 0;
  end if;
  insert into bank.notifications (id, event_id, customer_id, kind, facts, created_at, due_at)
  values (bank.uuid_v7(), entry.id, notice.customer_id, notice.kind,
    notice.facts || jsonb_build_object('occurred_at', entry.created_at), at, at)
  on conflict on constraint notifications_made_once do nothing;
  get diagnostics made = row_count;
  return made;
end $$;

-- An answer with the events that its call has written so far in this transaction, {…, "events": […]}; as it is if there are none.
-- The caller sends them on once the call has come back, and so has committed.
create or replace function bank.with_events(answer jsonb) returns jsonb
language sql volatile as $$
  select case coalesce(current_setting('bank.written_events', true), '')
    when '' then answer
    else answer || jsonb_build_object('events', ('[' || current_setting('bank.written_events') || ']')::jsonb)
  end
$$;

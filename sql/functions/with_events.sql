-- An answer with the events that its call has written so far in this transaction, {…, "events": […]}; as it is if there are none.
-- The caller sends them on once the call has come back, and so has committed. In plpgsql for its kept plan: every command ends here.
create or replace function bank.with_events(answer jsonb) returns jsonb
language plpgsql as $$
declare
  written text := current_setting('bank.written_events', true);
begin
  if coalesce(written, '') = '' then
    return answer;
  end if;
  return answer || jsonb_build_object('events', ('[' || written || ']')::jsonb);
end $$;

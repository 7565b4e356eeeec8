-- Where a movement's request came from, as the gateway and the token say.
create or replace function bank.transaction_metadata(caller jsonb) returns jsonb
language sql stable as $$
  select jsonb_build_object('ip', caller -> 'ip', 'user_agent', caller -> 'user_agent', 'session_id', caller -> 'session_id')
$$;

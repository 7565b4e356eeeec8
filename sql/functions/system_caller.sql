-- The caller of what nobody asked for: the bank's own rules and schedules.
create or replace function bank.system_caller() returns jsonb
language sql immutable as $$
  select '{"id": "00000000-0000-0000-0000-000000000000", "roles": ["system"], "own_accounts_only": false}'::jsonb
$$;

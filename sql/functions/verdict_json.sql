-- What an event says of a verdict: {"fraud": …}, or nothing where the rules were not asked.
create or replace function bank.verdict_json(verdict jsonb) returns jsonb
language sql stable as $$
  select case when verdict is null then '{}'::jsonb else jsonb_build_object('fraud', verdict) end
$$;

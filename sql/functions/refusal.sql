-- A refusal in the form every function answers it: a code of lambdas/domain/errors.ts, and the request's field if one is to blame.
create or replace function bank.refusal(code text, field text default null) returns jsonb
language sql stable as $$
  select jsonb_build_object('refusal', jsonb_build_object('code', code, 'field', field))
$$;

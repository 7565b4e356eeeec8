-- What the rules of the review look at, for each posted transaction among events that nobody has processed.
create or replace function bank.read_review_features(event_ids jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog, bank, pg_temp as $$
  select '{"rules": [], "transactions": []}'::jsonb
$$;

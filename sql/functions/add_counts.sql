-- Two documents of whole numbers, added up by their keys.
create or replace function bank.add_counts(counts jsonb, more jsonb) returns jsonb
language sql immutable as $$
  select jsonb_object_agg(key, coalesce((counts ->> key)::bigint, 0) + coalesce((more ->> key)::bigint, 0))
    from jsonb_object_keys(counts || more) key
$$;

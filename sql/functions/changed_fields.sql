-- The fields of one document that another has otherwise, or not at all.
create or replace function bank.changed_fields(document jsonb, other jsonb) returns jsonb
language sql immutable as $$
  select coalesce(jsonb_object_agg(field.key, field.value) filter (where field.value is distinct from other -> field.key), '{}')
    from jsonb_each(document) field
$$;

-- Whether a value may take the place of a fraud rule's parameter: a whole number where that is one, a decimal string where it is a string,
-- the code of a currency where it is one.
create or replace function bank.fits_parameter(value jsonb, known jsonb, allowed numrange) returns boolean
language sql immutable as $$
  select case
    when jsonb_typeof(value) <> jsonb_typeof(known) then false
    when known #>> '{}' ~ '^[A-Z]{3}$' then value #>> '{}' ~ '^[A-Z]{3}$'
    when value #>> '{}' !~ case jsonb_typeof(known) when 'number' then '^\d{1,10}$' else '^\d{1,15}(\.\d{1,6})?$' end then false
    else (value #>> '{}')::numeric <@ allowed
  end
$$;

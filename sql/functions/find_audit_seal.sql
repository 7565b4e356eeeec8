-- The first seal from a number on, as the database has it, in the form of the archive's; null when there is none.
create or replace function bank.find_audit_seal(from_number integer) returns jsonb
language sql stable security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
  select jsonb_build_object('seal', (
    select jsonb_build_object(
        'header', jsonb_build_object(
          'version', 1,
          'number', number,
          'previous_hash', encode(previous_hash, 'hex'),
          'root', encode(root, 'hex'),
          'count', count,
          'first', jsonb_build_object('id', first_id, 'occurred_at', first_occurred_at),
          'last', jsonb_build_object('id', last_id, 'occurred_at', last_occurred_at),
          'key_id', key_id,
          'algorithm', algorithm,
          'sealed_at', sealed_at),
        'signature', translate(encode(signature, 'base64'), E'\n', ''))
      from bank.audit_seals
     where number >= from_number
     order by number
     limit 1))
$$;

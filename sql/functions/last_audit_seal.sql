-- What the next seal has to follow: the number and the hash of the last one, null before the first.
create or replace function bank.last_audit_seal() returns jsonb
language sql stable security definer set search_path = pg_catalog, bank, pg_temp as $$
  select jsonb_build_object('seal', (
    select jsonb_build_object('number', number, 'hash', encode(hash, 'hex')) from bank.audit_seals order by number desc limit 1))
$$;

-- Keeps a seal that is in the archive: its header, its signature, and its leaves, [[row's id, hash], …]. Says whether it was new: the same
-- seal may be brought again, by the next run or by another at the same time.
create or replace function bank.add_audit_seal(header jsonb, header_hash text, signature text, leaves jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  this integer := (header ->> 'number')::integer;
begin
  insert into bank.audit_seals (number, previous_hash, hash, root, count, first_id, first_occurred_at, last_id, last_occurred_at,
                                key_id, algorithm, signature, sealed_at)
  values (this, decode(header ->> 'previous_hash', 'hex'), decode(header_hash, 'hex'), decode(header ->> 'root', 'hex'),
          (header ->> 'count')::integer,
          (header -> 'first' ->> 'id')::uuid, (header -> 'first' ->> 'occurred_at')::timestamptz,
          (header -> 'last' ->> 'id')::uuid, (header -> 'last' ->> 'occurred_at')::timestamptz,
          header ->> 'key_id', header ->> 'algorithm', decode(signature, 'base64'), (header ->> 'sealed_at')::timestamptz)
  on conflict do nothing;
  if not found then
    if not exists (select from bank.audit_seals where number = this and hash = decode(header_hash, 'hex')) then
      raise exception 'another seal is in the place of seal %', this using errcode = 'unique_violation';
    end if;
    return jsonb_build_object('added', false);
  end if;
  if this > 1 and not exists (
    select from bank.audit_seals where number = this - 1 and hash = decode(header ->> 'previous_hash', 'hex')
  ) then
    raise exception 'the seal % does not follow the one before it', this using errcode = 'integrity_constraint_violation';
  end if;

  insert into bank.audit_leaves (audit_log_id, seal_number, position, leaf_hash)
  select (leaf ->> 0)::uuid, this, place - 1, decode(leaf ->> 1, 'hex')
    from jsonb_array_elements(leaves) with ordinality as listed (leaf, place);
  delete from bank.audit_unsealed waiting using bank.audit_leaves leaf
   where leaf.seal_number = this and waiting.audit_log_id = leaf.audit_log_id;
  return jsonb_build_object('added', true);
end $$;

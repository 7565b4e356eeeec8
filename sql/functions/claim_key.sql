-- Claims an idempotency key for one command, until commit. Returns null when the command is to be carried out, else the answer:
-- the stored one when the same request came before, or a refusal when the key was used for another request or is in use now.
-- It never waits: the lock is tried, and the row is looked for once no other holder can be between its commit and its release.
create or replace function bank.claim_key(caller jsonb, key text, command_id uuid, request_hash bytea) returns jsonb
language plpgsql as $$
declare
  actor uuid := (caller ->> 'id')::uuid;
  earlier bank.idempotency_keys;
begin
  if not pg_try_advisory_xact_lock(hashtextextended(actor || ' ' || key, 0)) then
    return bank.refusal('REQUEST_IN_FLIGHT');
  end if;
  select * into earlier from bank.idempotency_keys stored where stored.actor_id = actor and stored.key = claim_key.key;
  if not found then
    return null;
  end if;
  if earlier.request_hash <> request_hash then
    return bank.refusal('IDEMPOTENCY_KEY_REUSED');
  end if;
  -- A second try of the very same command, after a lost reply, is not a replay to its caller.
  return earlier.answer || jsonb_build_object('replayed', earlier.command_id <> command_id);
end $$;

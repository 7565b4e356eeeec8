-- Moves money by a batch of transfers, in its order, in one statement of the client's and one commit. `transfers` is
-- [{"from_account_id", "to_account_id", "amount", "description"}]. ATOMIC: all of them, or none and the first that is refused is the
-- answer, its field with its place before it. INDEPENDENT: each for itself, and each has a result.
-- Answers {"batch": {"id", "mode", "completed", "failed", "results": [{"index", "status", "transaction_id", "transaction_ref", "code"}]}}.
-- A batch counts for the limit of transfers with all that are in it.
create or replace function bank.post_transfers(batch_id uuid, mode text, transfers jsonb, idempotency_key text, caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  request_hash bytea;
  movements bank.movement[];
  admission jsonb;
  answer jsonb;
begin
  select array_agg(row(bank.uuid_v7(), 'TRANSFER', listed.from_account_id, listed.to_account_id, null, listed.amount, listed.description,
                       null, idempotency_key, caller, null)::bank.movement order by listed.place),
         sha256(convert_to(mode || jsonb_agg(jsonb_build_array(
           listed.from_account_id, listed.to_account_id, trim_scale(listed.amount)::text, listed.description) order by listed.place)::text, 'UTF8'))
    into movements, request_hash
    from rows from (jsonb_to_recordset(transfers) as (from_account_id uuid, to_account_id uuid, amount numeric, description text))
         with ordinality as listed (from_account_id, to_account_id, amount, description, place);

  admission := bank.admit_transfer(caller, idempotency_key, batch_id, request_hash, cardinality(movements));
  answer := admission -> 'answer';
  if answer is not null then
    return answer;
  end if;
  answer := bank.move_batch(movements, mode);
  if answer -> 'refusal' ->> 'code' = 'AMOUNT_NOT_REPRESENTABLE' then
    return answer; -- bad input changes nothing and spends no key
  elsif not answer ? 'refusal' then
    answer := jsonb_build_object('batch', jsonb_build_object('id', batch_id, 'mode', mode) || answer);
  end if;
  -- How the caller stands is not part of what is kept: a replay tells what happened, not how it was then.
  return bank.store_answer(caller, idempotency_key, batch_id, request_hash, answer) || admission;
end $$;

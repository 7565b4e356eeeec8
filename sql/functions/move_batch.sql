-- The story of a batch, told as move_money tells one movement's: its accounts are locked in the order of their ids, all at once; then each
-- transfer is looked at in its place, with the accounts as those before it leave them; and what may be posted is written together.
-- What staff have let pass after a false alarm passes by itself, and not in a batch, where others may stop it.
-- Answers {"completed", "failed", "results"}, or in the mode ATOMIC the refusal of the first that is refused, after which nothing has moved.
create or replace function bank.move_batch(movements bank.movement[], mode text) returns jsonb
language plpgsql as $$
declare
  accounts bank.accounts[] := bank.lock_accounts(movements);
  ids uuid[] := array(select account.id from unnest(accounts) account);
  -- Read after the locks were taken, so the postings of an account are in the order of its versions.
  at timestamptz := clock_timestamp();
  verdicts jsonb[] := bank.weigh_batch(movements, at);
  entries bank.batch_entry[] := '{}';
  results jsonb[] := '{}';
  movement bank.movement;
  source bank.accounts;
  destination bank.accounts;
  verdict jsonb;
  refusal jsonb;
  reference text;
  from_place integer;
  to_place integer;
begin
  for place in 1 .. cardinality(movements) loop
    movement := movements[place];
    from_place := array_position(ids, movement.from_account_id);
    to_place := array_position(ids, nullif(movement.to_account_id, movement.from_account_id));
    source := accounts[from_place];
    destination := accounts[to_place];
    verdict := null;

    refusal := bank.refuse_movement(movement, source, destination);
    if refusal is null and (source.customer_id <> destination.customer_id or bank.is_self_service(movement.caller)) then
      verdict := verdicts[place];
      if bank.blocks_transfer(verdict) then
        refusal := bank.refusal('FRAUD_BLOCKED');
      end if;
    end if;

    if refusal is null then
      source.balance := source.balance - movement.amount;
      source.version := source.version + 1;
      destination.balance := destination.balance + movement.amount;
      destination.version := destination.version + 1;
      accounts[from_place] := source;
      accounts[to_place] := destination;
      reference := bank.new_transaction_ref(at);
      entries := entries || row(movement, reference, source.currency, source.balance, source.version,
        destination.balance, destination.version, verdict)::bank.batch_entry;
      results := results || jsonb_build_object('index', place - 1, 'status', 'COMPLETED',
        'transaction_id', movement.id, 'transaction_ref', reference, 'code', null);
    else
      refusal := bank.refuse_in_batch(movement, refusal, place - 1, source, verdict);
      if mode = 'ATOMIC' then
        return refusal;
      end if;
      results := results || jsonb_build_object('index', place - 1, 'status', 'FAILED',
        'transaction_id', refusal #> '{transaction,id}', 'transaction_ref', refusal #> '{transaction,transaction_ref}',
        'code', refusal #> '{refusal,code}');
    end if;
  end loop;

  if cardinality(entries) > 0 then
    perform bank.post_entries(entries, accounts, at);
    perform bank.raise_alert((entry.movement).id, (entry.movement).from_account_id, entry.verdict, (entry.movement).caller)
       from unnest(entries) entry where bank.wants_alert(entry.verdict);
  end if;
  return jsonb_build_object(
    'completed', cardinality(entries), 'failed', cardinality(movements) - cardinality(entries), 'results', to_jsonb(results));
end $$;

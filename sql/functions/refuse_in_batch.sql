-- Records the refusal of a transfer of a batch, as move_money does, and says in which place of the request it is. Bad input changes nothing.
create or replace function bank.refuse_in_batch(movement bank.movement, refusal jsonb, index integer, source bank.accounts, verdict jsonb) returns jsonb
language plpgsql as $$
declare
  answer jsonb := refusal;
begin
  if verdict is not null and bank.wants_alert(verdict) then
    perform bank.raise_alert(movement.id, source.id, verdict, movement.caller);
  end if;
  if refusal #>> '{refusal,code}' <> 'AMOUNT_NOT_REPRESENTABLE' then
    answer := bank.record_refusal(movement, refusal, source, verdict);
  end if;
  return jsonb_set(answer, '{refusal,field}', to_jsonb(concat_ws('.', 'transfers', index, refusal #>> '{refusal,field}')));
end $$;

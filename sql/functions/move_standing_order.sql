-- Takes a standing order from one status to another, unless it has ended. Saying it twice changes nothing and leaves one event.
-- Who resumes one lets go of what fell due meanwhile; a due date that was being tried again is given up then, and when it is cancelled.
create or replace function bank.move_standing_order(
  command_id uuid, order_id uuid, to_status text, event_type text, caller jsonb
) returns jsonb
language plpgsql as $$
declare
  request_hash bytea := sha256(convert_to(jsonb_build_array(event_type, order_id)::text, 'UTF8'));
  answer jsonb := bank.admit_command(caller, command_id::text, command_id, request_hash);
  today date := bank.bank_date();
  item bank.standing_orders;
begin
  if answer is not null then
    return answer;
  end if;
  -- A due date that is being tried right now is waited for.
  select * into item from bank.standing_orders where id = order_id for no key update;
  if not found then
    return bank.refusal('STANDING_ORDER_NOT_FOUND', 'id');
  elsif not bank.may_use_order(item, caller) then
    return bank.refusal('NOT_YOUR_ACCOUNT', 'id');
  elsif item.status = to_status then
    return jsonb_build_object('standing_order', bank.standing_order_json(item));
  elsif item.status not in ('ACTIVE', 'PAUSED') then
    return bank.refusal('STANDING_ORDER_ENDED', 'id');
  end if;

  item.status := to_status;
  if to_status = 'CANCELLED' or to_status = 'ACTIVE' and item.due_date < today then
    update bank.standing_order_runs run set status = 'FAILED'
     where run.order_id = item.id and run.due_date = item.due_date and run.status = 'RETRYING';
  end if;
  if to_status = 'CANCELLED' then
    item.due_date := null;
    item.attempt_on := null;
  elsif to_status = 'ACTIVE' and item.due_date < today then
    item := bank.next_due(item, today);
  end if;
  item := bank.keep_standing_order(item);
  perform bank.record_event(event_type, 'standing_order', item.id, caller, bank.standing_order_facts(item));
  return bank.store_answer(caller, command_id::text, command_id, request_hash,
    jsonb_build_object('standing_order', bank.standing_order_json(item)));
end $$;

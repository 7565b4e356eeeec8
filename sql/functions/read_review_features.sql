-- What the rules of the review are asked, and what they need to know of each payment among these events that nobody has processed yet:
-- {"rules": [{"rule", "parameters"}], "transactions": [{"event_id", …}]}.
-- Everything is as it was when the payment was made, so it does not matter how late this is asked.
-- The ids are in an array: of a set the planner expects a hundred, and would rather read whole tables.
create or replace function bank.read_review_features(event_ids jsonb) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  wanted uuid[] := array(select distinct wanted.id::uuid from jsonb_array_elements_text(event_ids) wanted (id));
begin
  return jsonb_build_object(
    'rules', coalesce((
      select jsonb_agg(jsonb_build_object('rule', definition.rule, 'parameters', definition.parameters) order by definition.rule)
        from bank.fraud_rules definition where definition.phase = 'REVIEW' and definition.enabled), '[]'),
    'transactions', coalesce((
      select jsonb_agg(jsonb_build_object('event_id', event.id) || bank.review_features(payment) order by payment.created_at, event.id)
        from bank.events event join bank.transactions payment on payment.id = event.aggregate_id
       where event.id = any (wanted) and event.type = 'TransactionPosted' and event.version = 1 and event.processed_at is null
         and payment.transaction_type in ('TRANSFER', 'WITHDRAWAL', 'DEPOSIT')), '[]'));
end $$;

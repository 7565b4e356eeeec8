-- What the rules of the review need to know of a payment. Each part reads no more rows than it says, by an index that is there.
-- (Newest first and a limit: an index walked backwards. For an account with far more rows than others the planner would rather collect
-- all of them in a bitmap and sort, so it is told not to. As that is the same for everybody, plans are kept: they cost more to make than to
-- run.)
-- Between a customer's own accounts no money goes to anybody: of such a payment only where it was made is told.
create or replace function bank.review_features(payment bank.transactions) returns jsonb
language plpgsql stable set enable_bitmapscan = off set plan_cache_mode = force_generic_plan as $$
declare
  source bank.accounts;
  destination bank.accounts;
  own uuid[];
  before jsonb;
  habits jsonb;
  received jsonb := '[]';
  received_before bigint := 0;
begin
  select * into source from bank.accounts where id = payment.from_account_id;
  select * into destination from bank.accounts where id = payment.to_account_id;
  own := array(select id from bank.accounts where customer_id = coalesce(source.customer_id, destination.customer_id));
  if payment.initiated_by = source.customer_id then
    before := bank.review_previous_payment(payment, own);
  end if;
  if source.id is not null and source.customer_id is distinct from destination.customer_id then
    habits := bank.review_habits(payment, source, destination, own);
    received := bank.review_received(payment, own);
    received_before := bank.review_received_before(payment, own);
  end if;
  return jsonb_build_object(
    'transaction_id', payment.id,
    'transaction_type', payment.transaction_type,
    'from_account_id', payment.from_account_id,
    'to_account_id', payment.to_account_id,
    'amount', bank.money_text(payment.amount, payment.currency),
    'currency', payment.currency,
    'created_at', payment.created_at,
    'between_own_accounts', coalesce(source.customer_id = destination.customer_id, false),
    'ip', payment.metadata -> 'ip',
    'previous_payment', before,
    'known_addresses', case
      when bank.review_network(before ->> 'ip') <> bank.review_network(payment.metadata ->> 'ip') then bank.review_known_addresses(payment, own)
      else '[]'
    end,
    'recent_payments', case
      when source.customer_id = destination.customer_id then '[]'
      else bank.review_recent_payments(payment, own)
    end,
    'received', received,
    'received_before', received_before,
    'idle_since', habits -> 'idle_since',
    'usual_amount', habits -> 'usual_amount',
    'first_payment', coalesce(habits -> 'first_payment', 'false'));
end $$;

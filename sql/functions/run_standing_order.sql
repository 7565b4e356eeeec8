-- Pays one due date of one standing order, of those that are due by a day the one that is due longest, in a commit of its own: at once with
-- transfers, it takes the same locks in the same order, and whatever else runs standing orders takes another order meanwhile. Without a
-- day, it is the bank's, from six in the morning on.
-- What fails for want of money is tried again on each of the next three days, unless the next due date comes first: then, and for any
-- other reason, the due date is given up and the order goes on; with an account that has been closed it ends.
-- Answers {"order_id": null} when nothing is due, else {"order_id", "due_date", "status", "failure_code"}.
create or replace function bank.run_standing_order(run_date date) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  most_attempts constant integer := 4;
  worth_another_try constant text[] := '{INSUFFICIENT_FUNDS,INTERNAL_ERROR}';
  today date := coalesce(run_date, bank.standing_orders_day(clock_timestamp()));
  item bank.standing_orders;
  after_it bank.standing_orders;
  answer jsonb;
  run bank.standing_order_runs;
begin
  select * into item from bank.standing_orders waiting
   where waiting.status = 'ACTIVE' and waiting.attempt_on <= today
   order by waiting.attempt_on, waiting.id
   limit 1 for no key update skip locked;
  if not found then
    return jsonb_build_object('order_id', null);
  end if;

  item.attempts := item.attempts + 1;
  answer := bank.try_standing_order(item);
  after_it := bank.next_due(item, null);
  run.order_id := item.id;
  run.due_date := item.due_date;
  run.failure_code := answer -> 'refusal' ->> 'code';
  run.transaction_id := answer -> 'transaction' ->> 'id';
  run.attempts := item.attempts;
  run.attempted_at := clock_timestamp();
  run.status := case
    when run.failure_code is null then 'PAID'
    when run.failure_code = any (worth_another_try) and item.attempts < most_attempts and (today + 1 < after_it.due_date) is not false
      then 'RETRYING'
    else 'FAILED'
  end;
  insert into bank.standing_order_runs as known
  values (run.*)
  on conflict (order_id, due_date) do update
    set status = excluded.status, failure_code = excluded.failure_code, transaction_id = excluded.transaction_id,
        attempts = excluded.attempts, attempted_at = excluded.attempted_at;

  if run.status = 'RETRYING' then
    after_it := item;
    after_it.attempt_on := today + 1;
  elsif run.failure_code = 'ACCOUNT_NOT_ACTIVE' and exists (
    select from bank.accounts account where account.id in (item.from_account_id, item.to_account_id) and account.status = 'CLOSED'
  ) then
    after_it.status := 'CANCELLED';
    after_it.due_date := null;
    after_it.attempt_on := null;
  end if;
  perform bank.record_standing_order_run(bank.keep_standing_order(after_it), run);
  return jsonb_build_object('order_id', run.order_id, 'due_date', run.due_date, 'status', run.status, 'failure_code', run.failure_code);
end $$;

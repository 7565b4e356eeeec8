-- Charges accounts one fee each for a day, in a transaction each, unless they have been charged it before. An account that cannot pay it
-- within its overdraft limit pays nothing: the fee is written down as uncollected. Answers {"charged", "uncollected"}.
create or replace function bank.charge_fee(fee_type text, day date, dues bank.scheduled_entry[], description text) returns jsonb
language plpgsql as $$
declare
  entries bank.scheduled_entry[];
  written_count integer;
begin
  perform from bank.accounts account
    where account.id in (select due.account_id from unnest(dues) due) order by account.id for no key update;

  with written as (
    insert into bank.fees (id, account_id, fee_type, day, amount, currency, transaction_id, created_at)
    select bank.uuid_v7(), account.id, charge_fee.fee_type, charge_fee.day, due.amount, account.currency,
           case when bank.available_balance(account) >= due.amount then bank.uuid_v7() end, clock_timestamp()
      from unnest(dues) due join bank.accounts account on account.id = due.account_id and account.status = 'ACTIVE'
    on conflict do nothing
    returning *
  )
  select array_agg(row(written.account_id, written.transaction_id, -written.amount)::bank.scheduled_entry)
           filter (where written.transaction_id is not null), count(*)
    into entries, written_count
    from written;
  perform bank.post_scheduled(entries, 'FEE', null, 'FEE_INCOME', description, day + 1);
  return jsonb_build_object(
    'charged', coalesce(cardinality(entries), 0), 'uncollected', written_count - coalesce(cardinality(entries), 0));
end $$;

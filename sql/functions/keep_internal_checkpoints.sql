-- Writes down what each internal account's postings came to before the day that it is at the bank: what they came to at the checkpoints
-- before, and those since. Once a day; not while a movement that began on the day before may still be written.
create or replace function bank.keep_internal_checkpoints() returns void
language plpgsql as $$
declare
  day_begins constant timestamptz := (
    select bank.bank_date()::timestamp at time zone settings.time_zone from bank.fraud_settings settings);
  before constant timestamptz := (select max(as_of) from bank.internal_checkpoints);
begin
  if day_begins <= before or not bank.is_settled(day_begins) then
    return;
  end if;
  insert into bank.internal_checkpoints (internal_id, as_of, balance)
  select sums.account_id, day_begins, sum(sums.amount)
    from (
      select internal_id as account_id, balance as amount from bank.internal_checkpoints where as_of = before
      union all
      select internal.id, line.amount
        from bank.internal_accounts internal join bank.postings line on line.account_id = internal.id
       where line.created_at >= coalesce(before, '-infinity') and line.created_at < day_begins
    ) sums
   group by sums.account_id
  on conflict do nothing;
end $$;

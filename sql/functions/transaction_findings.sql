-- The transactions after one id, up to another, whose postings are not what they say: two that move its amount between its accounts (or one
-- of them and an internal account) when it is COMPLETED, and else none. And the postings of no transaction.
create or replace function bank.transaction_findings(after_id uuid, last_id uuid) returns setof bank.finding
language sql stable as $$
  select row('transaction', 'transaction', told.id::text, told.detail)::bank.finding
    from (
      select coalesce(entry.id, lines.transaction_id) as id,
             case
               when entry.id is null then format('there is no such transaction, and it has %s postings', lines.number)
               when entry.status <> 'COMPLETED' then
                 case when lines.number > 0 then format('it is %s and has %s postings', entry.status, lines.number) end
               when lines.number is distinct from 2 then format('it is COMPLETED and has %s postings', coalesce(lines.number, 0))
               when lines.total <> 0 then format('its postings sum to %s: %s of account %s and %s of account %s', lines.total,
                 lines.amounts[1], lines.account_ids[1], lines.amounts[2], lines.account_ids[2])
               when lines.amounts[2] <> entry.amount then format('it says %s and its postings %s', entry.amount, lines.amounts[2])
               when lines.currencies <> array[entry.currency, entry.currency] then
                 format('it is in %s and its postings in %s', entry.currency, array_to_string(lines.currencies, ' and '))
               when not (
                 case when entry.from_account_id is null then bank.is_internal(lines.account_ids[1], entry.currency)
                      else lines.account_ids[1] = entry.from_account_id end
                 and case when entry.to_account_id is null then bank.is_internal(lines.account_ids[2], entry.currency)
                      else lines.account_ids[2] = entry.to_account_id end
               ) then format('its postings are of accounts %s and %s', lines.account_ids[1], lines.account_ids[2])
             end as detail
        from (select * from bank.transactions where id > after_id and id <= last_id) entry
        full join (
          select transaction_id, count(*) as number, sum(amount) as total, array_agg(amount order by amount) as amounts,
                 array_agg(currency order by amount) as currencies, array_agg(account_id order by amount) as account_ids
            from bank.postings
           where transaction_id > after_id and transaction_id <= last_id
           group by transaction_id
        ) lines on lines.transaction_id = entry.id
    ) told
   where told.detail is not null
   order by told.id
$$;

-- What the same customer did of the same kind and in the same currency in the three days before a payment, newest first, 50 at most:
-- money that left any of its accounts, or cash that it paid in. [{"account_id", "amount", "created_at"}]
create or replace function bank.review_recent_payments(payment bank.transactions, own uuid[]) returns jsonb
language plpgsql stable as $$
begin
  return (
    select coalesce(jsonb_agg(recent order by recent.created_at desc), '[]')
      from (
        select mine as account_id, bank.money_text(moved.amount, payment.currency) as amount, moved.created_at
          from unnest(own) mine,
          lateral (
            (select entry.amount, entry.created_at from bank.transactions entry
              where payment.from_account_id is not null and entry.from_account_id = mine and entry.status = 'COMPLETED'
                and entry.created_at < payment.created_at
                and entry.created_at > payment.created_at - interval '72 hours'
                and entry.transaction_type in ('TRANSFER', 'WITHDRAWAL') and entry.currency = payment.currency
                and (entry.to_account_id is null or entry.to_account_id <> all (own))
              order by entry.created_at desc limit 50)
            union all
            (select entry.amount, entry.created_at from bank.transactions entry
              where payment.from_account_id is null and entry.to_account_id = mine and entry.status = 'COMPLETED'
                and entry.created_at < payment.created_at
                and entry.created_at > payment.created_at - interval '72 hours'
                and entry.transaction_type = 'DEPOSIT' and entry.currency = payment.currency
              order by entry.created_at desc limit 50)
          ) moved
         order by moved.created_at desc
         limit 50
      ) recent);
end $$;

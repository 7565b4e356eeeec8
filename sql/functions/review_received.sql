-- What others sent to the source account of a payment in the three days before it, newest first, 50 at most:
-- [{"sender", "amount", "created_at"}], the sender being a customer.
create or replace function bank.review_received(payment bank.transactions, own uuid[]) returns jsonb
language plpgsql stable as $$
begin
  return (
    select coalesce(jsonb_agg(received order by received.created_at desc), '[]')
      from (
        select (select sender.customer_id from bank.accounts sender where sender.id = entry.from_account_id) as sender,
               bank.money_text(entry.amount, payment.currency) as amount, entry.created_at
          from bank.transactions entry
         where entry.to_account_id = payment.from_account_id and entry.status = 'COMPLETED'
           and entry.created_at < payment.created_at
           and entry.created_at > payment.created_at - interval '72 hours'
           and entry.transaction_type = 'TRANSFER' and entry.from_account_id <> all (own)
         order by entry.created_at desc
         limit 50
      ) received);
end $$;

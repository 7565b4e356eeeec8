-- How many payments of others the source account of a payment got in the thirty days before its last three, 300 at most: a shop gets
-- them every day, and this is how one tells.
create or replace function bank.review_received_before(payment bank.transactions, own uuid[]) returns bigint
language plpgsql stable as $$
begin
  return (
    select count(*)
      from (
        select from bank.transactions entry
         where entry.to_account_id = payment.from_account_id and entry.status = 'COMPLETED'
           and entry.created_at <= payment.created_at - interval '72 hours'
           and entry.created_at > payment.created_at - interval '33 days'
           and entry.transaction_type = 'TRANSFER' and entry.from_account_id <> all (own)
         order by entry.created_at desc
         limit 300
      ) received);
end $$;

-- How a payment compares with what its account has done so far:
--   idle_since     when the account last paid anybody; since it was opened, if never. Of payments between a customer's own accounts at
--                  most 500 are passed over.
--   usual_amount   the mean of its last payments to others in 90 days, 100 at most; null if there are none
--   first_payment  whether the customer has never paid this receiver, as far as the last 1000 payments of each of its accounts tell.
--                  Most payments are no larger than usual, and of those nobody wants to know.
create or replace function bank.review_habits(payment bank.transactions, source bank.accounts, destination bank.accounts, own uuid[]) returns jsonb
language plpgsql stable as $$
declare
  idle_since timestamptz;
  usual numeric;
  theirs uuid[];
  first_payment boolean := false;
begin
  select earlier.created_at into idle_since
    from (
      select entry.to_account_id, entry.created_at from bank.transactions entry
       where entry.from_account_id = source.id and entry.status = 'COMPLETED' and entry.created_at < payment.created_at
         and entry.transaction_type in ('TRANSFER', 'WITHDRAWAL')
       order by entry.created_at desc
       limit 500
    ) earlier
   where earlier.to_account_id is null or earlier.to_account_id <> all (own)
   order by earlier.created_at desc
   limit 1;

  select avg(spent.amount) into usual
    from (
      select entry.amount from bank.transactions entry
       where entry.from_account_id = source.id and entry.status = 'COMPLETED' and entry.created_at < payment.created_at
         and entry.created_at > payment.created_at - interval '90 days'
         and entry.transaction_type in ('TRANSFER', 'WITHDRAWAL')
         and (entry.to_account_id is null or entry.to_account_id <> all (own))
       order by entry.created_at desc
       limit 100
    ) spent;

  if destination.id is not null and payment.amount > coalesce(usual, 0) then
    theirs := array(select id from bank.accounts where customer_id = destination.customer_id);
    first_payment := not exists (
      select from unnest(own) mine,
      lateral (
        select entry.to_account_id from bank.transactions entry
         where entry.from_account_id = mine and entry.status = 'COMPLETED' and entry.created_at < payment.created_at
         order by entry.created_at desc
         limit 1000
      ) paid
      where paid.to_account_id = any (theirs));
  end if;

  return jsonb_build_object(
    'idle_since', coalesce(idle_since, source.created_at),
    'usual_amount', bank.money_text(usual, payment.currency),
    'first_payment', first_payment);
end $$;

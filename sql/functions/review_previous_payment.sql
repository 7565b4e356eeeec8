-- The last payment before this one that the same person made from one of its accounts, within three days: {"ip", "created_at"}.
-- In less than that anybody is anywhere on earth.
create or replace function bank.review_previous_payment(payment bank.transactions, own uuid[]) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('ip', latest.ip, 'created_at', latest.created_at)
      from unnest(own) mine,
      lateral (
        select entry.metadata ->> 'ip' as ip, entry.created_at from bank.transactions entry
         where entry.from_account_id = mine and entry.status = 'COMPLETED'
           and entry.created_at < payment.created_at
           and entry.created_at > payment.created_at - interval '72 hours'
           and entry.initiated_by = payment.initiated_by and entry.metadata ->> 'ip' is not null
         order by entry.created_at desc
         limit 1
      ) latest
     order by latest.created_at desc
     limit 1);
end $$;

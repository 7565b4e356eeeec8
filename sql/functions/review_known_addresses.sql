-- The addresses from which the person who pays has paid before, more than three days ago and less than ninety: of each network the newest,
-- twenty at most, as far as the last 200 payments of each of its accounts tell. Where they are, nobody need wonder about the person.
create or replace function bank.review_known_addresses(payment bank.transactions, own uuid[]) returns jsonb
language plpgsql stable as $$
begin
  return (
    select coalesce(jsonb_agg(known.ip order by known.created_at desc), '[]')
      from (
        select network.ip, network.created_at
          from (
            select distinct on (bank.review_network(earlier.ip)) earlier.ip, earlier.created_at
              from unnest(own) mine,
              lateral (
                select entry.metadata ->> 'ip' as ip, entry.initiated_by, entry.created_at from bank.transactions entry
                 where entry.from_account_id = mine and entry.status = 'COMPLETED'
                   and entry.created_at <= payment.created_at - interval '72 hours'
                   and entry.created_at > payment.created_at - interval '90 days'
                 order by entry.created_at desc
                 limit 200
              ) earlier
             where earlier.initiated_by = payment.initiated_by and earlier.ip is not null
             order by bank.review_network(earlier.ip), earlier.created_at desc
          ) network
         order by network.created_at desc
         limit 20
      ) known);
end $$;

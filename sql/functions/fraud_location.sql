-- Whether the one who pays has just paid from somewhere else. Compared are the addresses of one and the same person: what a teller
-- did for a customer came from the branch. Addresses of IPv6 are told apart by their network, since devices change the rest by themselves.
-- It looks back over a thousand payments at most, for an account from which others pay all the time.
-- In plpgsql for its kept plan: every transfer asks.
create or replace function bank.fraud_location(parameters jsonb, account_id uuid, actor uuid, ip text, at timestamptz) returns integer
language plpgsql stable as $$
declare
  since timestamptz := at - make_interval(hours => (parameters ->> 'far_hours')::integer);
  latest record;
begin
  if ip is null then
    return 0;
  end if;
  select recent.metadata ->> 'ip' as ip, recent.created_at into latest
    from (
      select entry.metadata, entry.initiated_by, entry.created_at from bank.transactions entry
       where entry.from_account_id = fraud_location.account_id and entry.status = 'COMPLETED'
         and entry.created_at > since and entry.created_at <= at
       order by entry.created_at desc
       limit 1000
    ) recent
   where recent.initiated_by = actor and recent.metadata ->> 'ip' is not null
   order by recent.created_at desc
   limit 1;
  return case
    when latest.created_at is null or bank.ip_network(latest.ip) = bank.ip_network(fraud_location.ip) then 0
    when latest.created_at > at - make_interval(hours => (parameters ->> 'near_hours')::integer) then (parameters ->> 'near_score')::integer
    else (parameters ->> 'far_score')::integer
  end;
end $$;

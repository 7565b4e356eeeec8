-- The transactions of these events that something is to be done about, and what is thought of each, seen as a whole: those that were
-- posted and in which the review found something, and those that the gate stopped for the worst. The gate's own alert is there already.
create or replace function bank.suspicious_transactions(event_ids uuid[], findings jsonb)
returns table (transaction_id uuid, account_id uuid, request_id jsonb, reviewed boolean, verdict jsonb, false_alarm boolean)
language plpgsql stable as $$
begin
  return query
    select entry.aggregate_id,
      coalesce(entry.data ->> 'from_account_id', entry.data ->> 'to_account_id')::uuid,
      entry.context -> 'request_id',
      found.spoken is not null,
      case when found.spoken is null then entry.data -> 'fraud' else bank.verdict_after_review(entry.data -> 'fraud', found.spoken) end,
      exists (select from bank.fraud_alerts alert where alert.transaction_id = entry.aggregate_id and alert.status = 'FALSE_POSITIVE')
      from bank.events entry
      left join (
        select listed.event_id, jsonb_path_query_array(listed.findings, '$[*] ? (@.score > 0 || exists (@.error))') as spoken
          from jsonb_to_recordset(findings) as listed (event_id uuid, findings jsonb)
      ) found on found.event_id = entry.id and found.spoken <> '[]' and entry.type = 'TransactionPosted'
     where entry.id = any (event_ids)
       and (found.spoken is not null or entry.type = 'TransactionRefused' and entry.data -> 'fraud' ->> 'outcome' = 'BLOCK_AND_ALERT')
     order by entry.id;
end $$;

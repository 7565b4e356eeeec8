-- Holds the audit against the outbox, from an id on: every row is what its event says, every event that was processed has its row, and every
-- row is in a seal or waits for one. Answers how many rows wait, the first id that is at fault and why, and where to go on.
create or replace function bank.compare_audit(from_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  return (
    with ids as (
      select id, row_number() over (order by id) as place
        from (
          (select id from bank.audit_logs where id >= from_id order by id limit page_size + 1)
          union
          (select id from bank.events where id >= from_id and processed_at is not null order by id limit page_size + 1)
          union
          (select audit_log_id from bank.audit_unsealed where audit_log_id >= from_id order by audit_log_id limit page_size + 1)
        ) known
    ),
    standing as (
      select ids.id, waiting.audit_log_id is not null as waits,
             case
               when log.id is null then 'ROW_REMOVED'
               when event.id is null then 'ROW_INSERTED'
               when log is distinct from bank.audit_log_of(event, log.recorded_at) then 'ROW_UNLIKE_EVENT'
               when leaf.audit_log_id is null and waiting.audit_log_id is null then 'ROW_OUTSIDE_SEALS'
               when leaf.audit_log_id is not null and seal.number is null then 'LEAF_INSERTED'
               when leaf.audit_log_id is not null and waiting.audit_log_id is not null then 'ROW_WAITS_AGAIN'
             end as fault
        from ids
        left join bank.audit_logs log on log.id = ids.id
        left join bank.events event on event.id = ids.id
        left join bank.audit_leaves leaf on leaf.audit_log_id = ids.id
        left join bank.audit_seals seal on seal.number = leaf.seal_number
        left join bank.audit_unsealed waiting on waiting.audit_log_id = ids.id
       where ids.place <= page_size
    )
    select jsonb_build_object(
      'unsealed', (select count(*) from standing where waits),
      'fault', (select jsonb_build_object('kind', fault, 'id', id) from standing where fault is not null order by id limit 1),
      'next_id', (select id from ids where place = page_size + 1)));
end $$;

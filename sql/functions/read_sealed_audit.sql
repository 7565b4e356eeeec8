-- The leaves of a seal from a position on, as the database has them, each with its row, or null where there is none: as many as fit into one
-- answer of the Data API, which refuses more than 1 MiB. None after the last.
create or replace function bank.read_sealed_audit(seal_number integer, from_position integer) returns json
language plpgsql stable security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
declare
  most_bytes constant integer := 1000000;
begin
  return json_build_object('leaves', coalesce((
    with next as (
      select leaf from bank.audit_leaves leaf
       where leaf.seal_number = read_sealed_audit.seal_number and leaf.position >= from_position
       order by leaf.position
       limit 1000
    ),
    answers as (
      select row_number() over (order by (leaf).position) as place,
             json_build_object(
               'id', (leaf).audit_log_id, 'position', (leaf).position, 'hash', encode((leaf).leaf_hash, 'hex'),
               'row', case when log.id is not null then bank.audit_log_json(log)::text end) as answer
        from next left join bank.audit_logs log on log.id = (leaf).audit_log_id
    ),
    sizes as (
      select *, sum(octet_length(answer::text) + 2) over (order by place) as size from answers
    )
    select json_agg(answer order by place) from sizes where size <= most_bytes or place = 1), '[]'));
end $$;

-- The next rows that no seal has, after a given one, in the order of sealing: as many as fit into one answer of the Data API, which refuses
-- more than 1 MiB. Rows are texts, which keep every digit of their numbers. And what time it is here.
create or replace function bank.read_unsealed_audit(after_occurred_at timestamptz, after_id uuid) returns json
language plpgsql stable security definer set search_path = pg_catalog, bank, pg_temp set timezone = 'UTC' as $$
declare
  most_bytes constant integer := 1000000;
begin
  return json_build_object('read_at', clock_timestamp(), 'rows', coalesce((
    with next as (
      select waiting, log
        from bank.audit_unsealed waiting join bank.audit_logs log on log.id = waiting.audit_log_id
       where after_id is null or (waiting.occurred_at, waiting.audit_log_id) > (after_occurred_at, after_id)
       order by waiting.occurred_at, waiting.audit_log_id
       limit 1000
    ),
    answers as (
      -- By the time that the list has, whatever somebody may have done to the row's.
      select row_number() over (order by (waiting).occurred_at, (waiting).audit_log_id) as place,
             json_build_object(
               'id', (waiting).audit_log_id, 'occurred_at', (waiting).occurred_at, 'row', bank.audit_log_json(log)::text) as answer
        from next
    ),
    sizes as (
      select *, sum(octet_length(answer::text) + 2) over (order by place) as size from answers
    )
    select json_agg(answer order by place) from sizes where size <= most_bytes or place = 1), '[]'));
end $$;

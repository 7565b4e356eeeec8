-- Notes that notifications went out. ids is a list; those that are marked already stay as they are.
create or replace function bank.mark_notifications_sent(ids jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  marked uuid[];
begin
  with sent as (
    update bank.notifications set sent_at = clock_timestamp(), abandoned_at = null
     where id in (select value::uuid from jsonb_array_elements_text(ids)) and sent_at is null
    returning id
  )
  select coalesce(array_agg(id), '{}') into marked from sent;
  perform bank.forget_former_emails(marked);
  return jsonb_build_object('marked', cardinality(marked));
end $$;

-- Notes where a closed statement lies in the archive, and the SHA-256 (hexadecimal) of both files as they lie there. Once it is noted it
-- stays as it is. Answers {"marked"}.
create or replace function bank.mark_statement_archived(account_id uuid, month date, object_key text, pdf_sha256 text, json_sha256 text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
begin
  update bank.statements statement
     set object_key = mark_statement_archived.object_key,
         pdf_sha256 = decode(mark_statement_archived.pdf_sha256, 'hex'),
         json_sha256 = decode(mark_statement_archived.json_sha256, 'hex'),
         archived_at = clock_timestamp()
   where statement.account_id = mark_statement_archived.account_id and statement.period = month and statement.archived_at is null;
  return jsonb_build_object('marked', found);
end $$;

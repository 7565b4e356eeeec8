-- Admits whoever asks for what is worked out from the audit, as every reading of it admits its caller. Nothing of the audit is for customers.
create or replace function bank.admit_auditor(caller jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, bank, pg_temp as $$
declare
  refusal jsonb := bank.admit_caller(caller);
begin
  if refusal is not null then
    return refusal;
  elsif bank.is_self_service(caller) then
    return bank.refusal('FORBIDDEN');
  end if;
  return '{}';
end $$;

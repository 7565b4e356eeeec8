-- Ten digits, the last a Luhn check digit (ISO/IEC 7812-1 annex B), so that a mistyped number is noticed.
create or replace function bank.new_account_number() returns text
language plpgsql volatile as $$
declare
  body text := nextval('bank.account_numbers')::text;
  digit integer;
  total integer := 0;
begin
  for position in 1..length(body) loop
    digit := substr(body, length(body) - position + 1, 1)::integer * case when position % 2 = 1 then 2 else 1 end;
    total := total + digit / 10 + digit % 10;
  end loop;
  return body || (10 - total % 10) % 10;
end $$;

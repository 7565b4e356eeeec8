-- Why somebody may do nothing at all, by whether the user is disabled and by the status of the customer, if it is one; or null.
create or replace function bank.refuse_person(disabled boolean, status text) returns jsonb
language sql stable as $$
  select case
    when disabled then bank.refusal('USER_DISABLED')
    when status = 'FROZEN' then bank.refusal('CUSTOMER_FROZEN')
  end
$$;

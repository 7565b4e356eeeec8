-- Within which bounds a fraud rule's parameter stays. Those of the gate keep small what a rule reads while a transfer waits.
create or replace function bank.fraud_parameter_range(phase text, parameter text) returns numrange
language sql immutable as $$
  select case
    when parameter ~ 'score$' then '[0,100]'
    when phase <> 'GATE' then '[0,1000000000]'
    when parameter ~ 'hour$' then '[0,23]'
    when parameter ~ 'hours$' then '[1,168]'
    when parameter = 'window_minutes' then '[1,10080]'
    when parameter = 'days' then '[1,366]'
    when parameter ~ 'sample$' then '[1,1000]'
    else '[0,1000]'
  end::numrange
$$;

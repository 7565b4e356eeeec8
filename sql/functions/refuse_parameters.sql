-- Why a fraud rule may not have these parameters, or null. It must have just those that it has, each of the kind that it is: a rule that
-- met anything else would error, and hold up every transfer.
create or replace function bank.refuse_parameters(rule bank.fraud_rules, parameters jsonb, path text) returns jsonb
language plpgsql stable as $$
declare
  parameter record;
  pair record;
begin
  for parameter in
    select format('%s.%s', path, coalesce(known.key, wanted.key)) as field, known.value as known, wanted.value as wanted,
           bank.fraud_parameter_range(rule.phase, known.key) as allowed
      from jsonb_each(rule.parameters) known full join jsonb_each(parameters) wanted on wanted.key = known.key
     where parameters is not null
     order by 1
  loop
    if parameter.known is null then
      return bank.refuse_input(parameter.field, 'is not a parameter of this rule');
    elsif parameter.wanted is null then
      return bank.refuse_input(parameter.field, 'is required: parameters are given whole');
    elsif not bank.fits_parameter(parameter.wanted, parameter.known, parameter.allowed) then
      return bank.refuse_input(parameter.field, format('must be a %s from %s to %s',
        case jsonb_typeof(parameter.known) when 'number' then 'whole number' else 'decimal string' end,
        lower(parameter.allowed), upper(parameter.allowed)));
    end if;
  end loop;

  select * into pair
    from (values ('some', 'many'), ('least_sample', 'sample'), ('unusual_z', 'extreme_z'), ('from_hour', 'to_hour'), ('near_hours', 'far_hours'))
      as pairs (lesser, greater)
   where (parameters ->> lesser)::numeric > (parameters ->> greater)::numeric;
  if found then
    return bank.refuse_input(format('%s.%s', path, pair.greater), format('must not be less than %s', pair.lesser));
  end if;
  return null;
end $$;

-- The accounts after one id, up to another, that keep apart something else than their open holds have left.
create or replace function bank.hold_findings(after_id uuid, last_id uuid) returns setof bank.finding
language sql stable as $$
  select row('holds', 'account', difference.id::text,
             format('%s is held, and its open holds have %s left', difference.held, difference.promised))::bank.finding
    from bank.hold_differences difference
   where difference.id > after_id and difference.id <= last_id
   order by difference.id
$$;

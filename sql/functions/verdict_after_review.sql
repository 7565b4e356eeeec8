-- What the gate's rules and those of the review make of a posted transaction together. What the gate found in one that staff let pass
-- after a false alarm counts no more.
create or replace function bank.verdict_after_review(gate jsonb, found jsonb) returns jsonb
language sql stable as $$
  select bank.verdict_of(case when gate is null or gate ? 'allowed' then '[]'::jsonb else gate -> 'rules' end || found)
$$;

-- The internal accounts whose checkpoints at two moments, one after the other, do not differ by their postings between.
create or replace function bank.checkpoint_findings(from_time timestamptz, to_time timestamptz) returns setof bank.finding
language sql stable as $$
  select row('internal_checkpoint', 'internal_account', internal.id::text,
             format('%s %s: its checkpoints from %s to %s differ by %s, and its postings sum to %s', internal.code, internal.currency,
                    coalesce(from_time::text, 'the beginning'), to_time, figures.noted, figures.posted))::bank.finding
    from bank.internal_accounts internal,
         lateral (
           select coalesce((select balance from bank.internal_checkpoints where internal_id = internal.id and as_of = to_time), 0)
                - coalesce((select balance from bank.internal_checkpoints where internal_id = internal.id and as_of = from_time), 0) as noted,
                (select coalesce(sum(line.amount), 0) from bank.postings line
                  where line.account_id = internal.id
                    and line.created_at >= coalesce(from_time, '-infinity') and line.created_at < to_time) as posted
         ) figures
   where to_time is not null and figures.noted <> figures.posted
   order by internal.code, internal.currency
$$;

-- The postings of the accounts after one id, up to another, that do not follow from the one before: each leaves what that left and its own
-- amount, at a later version. Between two postings an account has versions in which something else than its balance changed.
create or replace function bank.chain_findings(after_id uuid, last_id uuid) returns setof bank.finding
language sql stable as $$
  select row('posting_chain', 'transaction', line.transaction_id::text,
             case when line.account_version is null or line.account_version in (line.version_before, line.version_after)
               then format('its posting of account %s has no version of its own', account.id)
               else format('its posting of account %s adds %s to %s and leaves %s', account.id, line.amount, line.balance_before,
                           coalesce(line.balance_after::text, 'nothing'))
             end)::bank.finding
    from bank.accounts account,
         lateral (
           select posting.transaction_id, posting.amount, posting.balance_after, posting.account_version,
                  coalesce(lag(posting.balance_after) over versions, 0) as balance_before,
                  lag(posting.account_version) over versions as version_before,
                  lead(posting.account_version) over versions as version_after
             from bank.postings posting
            where posting.account_id = account.id
           window versions as (order by posting.account_version)
         ) line
   where account.id > after_id and account.id <= last_id
     and (line.balance_after is distinct from line.balance_before + line.amount
       or line.account_version is null or line.account_version in (line.version_before, line.version_after)
       or line.account_version > account.version)
   order by account.id, line.account_version
$$;

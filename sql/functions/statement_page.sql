-- A page of a statement, {"statement", "holder", "last_version", "brought_forward", "lines"}: the lines after the one of a given
-- transaction, or the first ones, oldest first, and the balance before them. Lines are read through a version of the account, by default the
-- last of the figures: postings get their versions one after another, so who was told figures and their last version reads just what they
-- were made of, however much is posted meanwhile.
create or replace function bank.statement_page(
  statement bank.statements, account bank.accounts, through_version bigint, after_id uuid, page_size integer
) returns jsonb
language plpgsql stable as $$
declare
  last_version bigint := coalesce(through_version, statement.last_version);
  place bank.postings;
begin
  if after_id is not null then
    select * into place from bank.postings line where line.transaction_id = after_id and line.account_id = account.id;
    if not found or place.created_at < statement.begins_at or place.account_version > last_version then
      return bank.refuse_input('cursor', 'must be a next_cursor that this route answered');
    end if;
  end if;
  return jsonb_build_object(
    'statement', bank.statement_json(statement, account),
    'holder', statement.holder,
    'last_version', last_version,
    'brought_forward', bank.money_text(coalesce(place.balance_after, statement.opening_balance), account.currency),
    'lines', coalesce((
      select jsonb_agg(bank.statement_line_json(line, entry, counterparty, statement.time_zone) order by line.created_at, line.account_version)
        from (
          select * from bank.postings posting
           where posting.account_id = account.id
             and (posting.created_at, posting.account_version)
               > (coalesce(place.created_at, statement.begins_at), coalesce(place.account_version, -1))
             and posting.account_version <= last_version
           order by posting.created_at, posting.account_version
           limit page_size
        ) line
        join bank.transactions entry on entry.id = line.transaction_id
        left join bank.accounts counterparty
          on counterparty.id = case when entry.from_account_id = account.id then entry.to_account_id else entry.from_account_id end), '[]'));
end $$;

-- What auditors and operators may read. Dropped and made again whenever this file changes.

drop view if exists bank.trial_balance, bank.internal_balances, bank.account_differences, bank.hold_differences, bank.statement_differences;

-- Each internal account's balance: the sum of its postings.
create view bank.internal_balances as
select internal.id, internal.code, internal.currency, coalesce(sum(line.amount), 0) as balance
  from bank.internal_accounts internal left join bank.postings line on line.account_id = internal.id
 group by internal.id;

-- The trial balance: all postings of a currency. Every total is zero.
create view bank.trial_balance as
select currency, sum(amount) as total, count(*) as postings
  from bank.postings
 group by currency;

-- The accounts whose balance is not the sum of their postings. Always empty.
create view bank.account_differences as
select account.id, account.balance, coalesce(sum(line.amount), 0) as posted
  from bank.accounts account left join bank.postings line on line.account_id = account.id
 group by account.id
having account.balance <> coalesce(sum(line.amount), 0);

-- The accounts that do not keep apart just what their open holds have not captured. Always empty.
create view bank.hold_differences as
select account.id, account.held, coalesce(sum(hold.amount - hold.captured), 0) as promised
  from bank.accounts account left join bank.holds hold on hold.account_id = account.id and hold.status = 'OPEN'
 group by account.id
having account.held <> coalesce(sum(hold.amount - hold.captured), 0);

-- The closed statements that say something else than the postings of their period. Always empty.
create view bank.statement_differences as
select statement.account_id, statement.period
  from bank.statements statement,
       lateral (
         select coalesce(sum(line.amount) filter (where line.amount > 0), 0) as total_in,
                coalesce(-sum(line.amount) filter (where line.amount < 0), 0) as total_out,
                count(*) as line_count
           from bank.postings line
          where line.account_id = statement.account_id
            and line.created_at >= statement.begins_at and line.created_at < statement.ends_at
       ) posted
 where (statement.total_in, statement.total_out, statement.line_count) is distinct from (posted.total_in, posted.total_out, posted.line_count);

-- Puts the payments of the evaluation into the bank as if they had been made at their times. Balances are not kept: no rule asks for them.
create schema evaluation;

create type evaluation.payment as (
  id uuid, type text, source uuid, destination uuid, amount numeric, at timestamptz, payer uuid, ip text, criminal boolean);

-- The journal's row of each payment, and its two lines; cash is on the other side of what comes in and goes out.
create function evaluation.post(payments evaluation.payment[]) returns void language sql as $$
  insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
    initiated_by, metadata, created_at, completed_at)
  select id, 'TXN-' || id, type, source, destination, amount, 'USD', 'COMPLETED', payer, jsonb_build_object('ip', ip), at, at from unnest(payments);

  insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at)
  select payment.id, line.account, line.amount, 'USD', 0, 0, payment.at
    from unnest(payments) payment, bank.internal_accounts cash,
    lateral (values (coalesce(source, cash.id), -payment.amount), (coalesce(destination, cash.id), payment.amount)) line (account, amount)
   where cash.code = 'CASH' and cash.currency = 'USD';
$$;

-- Has each payment judged in its moment, one after the other: a transfer by the gate first, which stops those of criminals. An honest
-- customer complains, staff find a false alarm, and the payment is made. What was made, the review is asked about.
create function evaluation.replay(payments jsonb) returns table (id uuid, gate jsonb, features jsonb) language plpgsql as $$
declare
  payment evaluation.payment;
  blocked_from integer := (select block_from from bank.fraud_settings);
begin
  for payment in select * from jsonb_populate_recordset(null::evaluation.payment, payments) order by at, id
  loop
    id := payment.id;
    gate := case when payment.type = 'TRANSFER'
      then bank.score_transfer(payment.source, payment.amount, payment.payer, payment.ip, payment.at)
      else '{"score": 0, "rules": []}' end;
    features := null;
    if not (payment.criminal and (gate ->> 'score')::integer >= blocked_from) then
      perform evaluation.post(array[payment]);
      features := (select bank.review_features(entry) from bank.transactions entry where entry.id = payment.id);
    end if;
    return next;
  end loop;
end $$;

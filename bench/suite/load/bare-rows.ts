import { uuidv7 } from 'uuidv7';
import { accountId, ownerOf } from '../ids.ts';

/** $1 the transfer, $2 and $3 the accounts, $4 the amount, $5 the customer, $6 the event, $7 its data, $8 the answer. */
export const insertRows = `
  with counted as (
    update bank.rate_counters set requests = requests + 1 where customer_id = $5
  ), moved as (
    update bank.accounts account
       set balance = account.balance + case when account.id = $2 then -$4::numeric else $4::numeric end,
           version = account.version + 1, updated_at = statement_timestamp()
     where account.id in ($2, $3)
    returning account.id, account.balance, account.version
  ), entry as (
    insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
      description, initiated_by, metadata, created_at, completed_at)
    values ($1::uuid, 'TXN' || $1, 'TRANSFER', $2, $3, $4, 'USD', 'COMPLETED', 'Bench', $5,
      '{"ip": "198.51.100.7", "session_id": "bench", "user_agent": "bench"}', statement_timestamp(), statement_timestamp())
  ), lines as (
    insert into bank.postings (transaction_id, account_id, amount, currency, balance_after, account_version, created_at, value_date)
    select $1, id, case when id = $2 then -$4::numeric else $4::numeric end, 'USD', balance, version, statement_timestamp(), current_date from moved
  ), event as (
    insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at)
    values ($6, 'TransactionPosted', 1, 'transaction', $1, '{"id": "bench", "roles": ["customer"]}',
      '{"ip": "198.51.100.7", "request_id": "bench", "session_id": "bench", "user_agent": "bench"}', $7, statement_timestamp())
  )
  insert into bank.idempotency_keys (actor_id, key, command_id, request_hash, answer) values ($5, $6::uuid::text, $1, sha256('bench'), $8)`;

/** What `insertRows` takes for a transfer: JSON as large as the bank's. */
export function rowsOfTransfer(from: number, to: number, amount: string): unknown[] {
  const id = uuidv7();
  const transaction = {
    id,
    transaction_ref: 'TXN20260101000000000001',
    transaction_type: 'TRANSFER',
    from_account_id: accountId(from),
    to_account_id: accountId(to),
    amount,
    currency: 'USD',
    status: 'COMPLETED',
    failure_code: null,
    reverses_transaction_id: null,
    created_at: '2026-01-01T00:00:00.000000+00:00',
    completed_at: '2026-01-01T00:00:00.000000+00:00',
  };
  const balances = { from_balance: '1000000.00', to_balance: '1000000.00' };
  const fraud = { score: 0, rules: [], outcome: 'APPROVE' };
  const answer = { transaction: { ...transaction, description: 'Bench' } };
  return [
    id,
    accountId(from),
    accountId(to),
    amount,
    ownerOf(from),
    uuidv7(),
    JSON.stringify({ ...transaction, ...balances, fraud }),
    JSON.stringify(answer),
  ];
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { pagesRead } from '../support/pages-read.ts';
import { bankDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let batch = '';

/** So many payments, each by an account of its own, and their events: what ten of them need is a small part of that. */
const payments = 10_000;

beforeAll(async () => {
  database = await bankDatabase();
  await database.pool.query(
    `with entry as (
       insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
         initiated_by, metadata, created_at, completed_at)
       select bank.uuid_v7(), 'TXN-' || gen_random_uuid(), 'TRANSFER', gen_random_uuid(), gen_random_uuid(), 10, 'USD', 'COMPLETED',
              gen_random_uuid(), '{"ip": "198.51.100.7"}', now(), now()
         from generate_series(1, $1::integer)
       returning id, initiated_by
     )
     insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at)
     select bank.uuid_v7(), 'TransactionPosted', 1, 'transaction', id, jsonb_build_object('id', initiated_by, 'roles', '["customer"]'::jsonb), '{}', '{}', now()
       from entry`,
    [payments],
  );
  await database.pool.query('analyze bank.transactions, bank.events');
  const { rows } = await database.pool.query(
    'select jsonb_agg(id) as ids from (select id from bank.events limit 10) few',
  );
  batch = JSON.stringify(rows[0].ids);
}, 120_000);
afterAll(() => database.drop());

test('reading all events would be told from what a batch reads', async () => {
  expect(await pagesRead(database.pool, 'select count(data) from bank.events', [])).toBeGreaterThan(200);
});

test('what the review needs of ten events is read by their keys, however many others there are', async () => {
  expect(await pagesRead(database.pool, 'select bank.read_review_features($1::jsonb)', [batch])).toBeLessThan(100);
});

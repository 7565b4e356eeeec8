import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useFraudRules } from '../support/fraud-rules.ts';
import { bankDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
const busy = randomUUID();
const payer = randomUUID();
const payments = 20_000;
/** The middle of a night of UTC, which is the bank's time zone here. */
const now = '2026-03-10T04:00:00Z';

/** An account with all its payments in the last hour, and half as many of others. */
beforeAll(async () => {
  database = await bankDatabase();
  await pay(`'${busy}'::uuid`, payments);
  await pay('md5((n % 100)::text)::uuid', payments / 2);
  await database.pool.query('analyze bank.transactions, bank.postings');
}, 120_000);
afterAll(() => database.drop());

async function pay(from: string, count: number): Promise<void> {
  await database.pool.query(
    `with entry as (
       insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
         initiated_by, metadata, created_at, completed_at)
       select gen_random_uuid(), 'TXN-' || gen_random_uuid(), 'TRANSFER', ${from}, gen_random_uuid(), 10 + n % 7, 'USD', 'COMPLETED',
              $1, '{"ip": "198.51.100.7"}', at, at
         from generate_series(1, $2::integer) n, lateral (select $3::timestamptz - n * interval '55 minutes' / $2 as at) moment
       returning *
     )
     insert into bank.postings (transaction_id, account_id, amount, currency, created_at)
     select id, line.account_id, line.amount, currency, created_at
       from entry, lateral (values (from_account_id, -amount), (to_account_id, amount)) line (account_id, amount)`,
    [payer, count, now],
  );
}

/** The pages that a statement reads, at the best of three: the first one also reads what PostgreSQL must know to plan it. */
async function pagesRead(sql: string, parameters: unknown[]): Promise<number> {
  const pages: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const { rows } = await database.pool.query(`explain (analyze, buffers, format json) ${sql}`, parameters);
    const { Plan: plan } = rows[0]['QUERY PLAN'][0];
    pages.push(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']);
  }
  return Math.min(...pages);
}

const scoring = 'select bank.score_transfer($1, 12.00, $2, $3, $4) as verdict';
const transferBy = (who: string, ip = '198.51.100.7') => [busy, who, ip, now];

test('reading all that the account has done would be told from what a rule reads', async () => {
  const everything = 'select sum(amount) from bank.transactions where from_account_id = $1 and created_at > $2';
  expect(await pagesRead(everything, [busy, '2026-01-01T00:00:00Z'])).toBeGreaterThan(500);
});

test.each([
  ['VELOCITY', 'who has made them', payer],
  ['AMOUNT_ANOMALY', 'who has made them', payer],
  ['NIGHT_TIME', 'who has made them', payer],
  ['LOCATION', 'who has made them', payer],
  ['LOCATION', 'somebody who has made none of them', randomUUID()],
])('%s reads a few pages of an account with 20000 payments in the last hour, for %s', async (rule, _, who) => {
  await useFraudRules(database.pool, rule);
  expect(await pagesRead(scoring, transferBy(who))).toBeLessThan(150);
});

test("a payer's own payment is found among the last thousand of an account, and sought no further", async () => {
  await useFraudRules(database.pool, 'LOCATION');
  const paidHereBefore = async (place: number) => {
    const who = randomUUID();
    await database.pool.query(
      `insert into bank.transactions (id, transaction_ref, transaction_type, from_account_id, to_account_id, amount, currency, status,
         initiated_by, metadata, created_at, completed_at)
       select gen_random_uuid(), 'TXN-' || gen_random_uuid(), 'TRANSFER', $1, gen_random_uuid(), 10, 'USD', 'COMPLETED',
              $2, '{"ip": "198.51.100.7"}', at, at
         from (select created_at as at from bank.transactions where from_account_id = $1 order by created_at desc offset $3 limit 1) moment`,
      [busy, who, place],
    );
    const { rows } = await database.pool.query(scoring, transferBy(who, '203.0.113.9'));
    return rows[0].verdict.score;
  };
  expect([await paidHereBefore(900), await paidHereBefore(1100)]).toEqual([95, 0]);
});

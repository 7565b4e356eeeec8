import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { FraudAlert } from '../../lambdas/domain/fraud-alert.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
let accounts: string[];
const analyst: ActingCaller = { ...teller, id: randomUUID(), roles: ['analyst'] };

/** Three accounts, the first two alice's, with alerts an hour apart from 2026-03-01 on: of every kind, most of them closed. */
beforeAll(async () => {
  bank = await openTestBank();
  [alice, bob] = [await bank.customer(), await bank.customer()];
  accounts = [await bank.account(alice), await bank.account(alice), await bank.account(bob)];
  await bank.database.pool.query(
    `insert into bank.fraud_alerts (id, transaction_id, account_id, alert_type, risk_score, outcome, rules_triggered, status,
       resolution_notes, resolved_at, created_at, updated_at)
     select gen_random_uuid(), gen_random_uuid(), ($1::uuid[])[1 + n % 3], case when n % 50 = 0 then 'LOCATION' else 'VELOCITY' end, 50 + n % 50,
            case when n % 50 >= 40 then 'BLOCK_AND_ALERT' when n % 50 >= 20 then 'BLOCK_PENDING_REVIEW' else 'FLAG_FOR_REVIEW' end,
            '[{"rule": "VELOCITY", "score": 80}]', case when n % 100 = 0 then 'OPEN' else 'RESOLVED' end,
            case when n % 100 > 0 then 'seen' end, case when n % 100 > 0 then at end, at, at
       from generate_series(0, 2999) n, lateral (select '2026-03-01T00:00:00Z'::timestamptz + n * interval '1 hour' as at) moment`,
    [accounts],
  );
  await bank.database.pool.query('analyze bank.fraud_alerts');
});
afterAll(() => bank.close());

async function list(filters: Record<string, string | number>, limit = 100, cursor?: string) {
  return bank.fraudAlerts.listAlerts({ filters, limit, cursor, caller: analyst });
}

/** Every alert that fits, page after page. */
async function all(filters: Record<string, string | number>): Promise<FraudAlert[]> {
  const found: FraudAlert[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await list(filters, 100, cursor);
    found.push(...page.alerts);
    if (page.next_cursor === null) return found;
    cursor = page.next_cursor;
  }
}

test('alerts are listed newest first, each once, page after page', async () => {
  const found = await all({});
  expect(found).toHaveLength(3000);
  expect(new Set(found.map(({ id }) => id)).size).toBe(3000);
  const times = found.map(({ created_at }) => Date.parse(created_at));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
});

interface Case {
  by: string;
  filters(): Record<string, string | number>;
  count: number;
  fits(alert: FraudAlert): boolean;
}

const cases: Case[] = [
  { by: 'status', filters: () => ({ status: 'OPEN' }), count: 30, fits: alert => alert.status === 'OPEN' },
  {
    by: 'account',
    filters: () => ({ account_id: accounts[2] ?? '' }),
    count: 1000,
    fits: alert => alert.account_id === accounts[2],
  },
  {
    by: 'customer',
    filters: () => ({ customer_id: alice.id }),
    count: 2000,
    fits: alert => alert.customer_id === alice.id,
  },
  { by: 'a customer without any', filters: () => ({ customer_id: randomUUID() }), count: 0, fits: () => false },
  {
    by: 'outcome',
    filters: () => ({ outcome: 'BLOCK_AND_ALERT' }),
    count: 600,
    fits: alert => alert.outcome === 'BLOCK_AND_ALERT',
  },
  {
    by: 'type',
    filters: () => ({ alert_type: 'LOCATION' }),
    count: 60,
    fits: alert => alert.alert_type === 'LOCATION',
  },
  { by: 'score', filters: () => ({ min_score: 98 }), count: 120, fits: alert => alert.risk_score >= 98 },
  {
    by: 'time, from a moment on and before another',
    filters: () => ({ from: '2026-03-02T00:00:00Z', to: '2026-03-02T03:00:00+01:00' }),
    count: 2,
    fits: ({ created_at }) => /^2026-03-02T0[01]:00:00/.test(created_at),
  },
  {
    by: 'several things at once',
    filters: () => ({ status: 'OPEN', customer_id: bob.id, min_score: 50 }),
    count: 10,
    fits: alert => alert.status === 'OPEN' && alert.customer_id === bob.id,
  },
];

test.each(cases)('the filter by $by finds all that fit, and no others', async ({ filters, count, fits }) => {
  const found = await all(filters());
  expect(found).toHaveLength(count);
  expect(found.filter(alert => !fits(alert))).toEqual([]);
});

test.each<[string, () => Record<string, string>]>([
  ['all', () => ({})],
  ['one status', () => ({ status: 'OPEN' })],
  ['one account', () => ({ account_id: accounts[0] ?? '' })],
  ['one outcome', () => ({ outcome: 'BLOCK_AND_ALERT' })],
  ['one type', () => ({ alert_type: 'LOCATION' })],
  ['a time', () => ({ from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' })],
])('a page of the alerts of %s is found by an index, without reading the others', async (_, filters) => {
  const sql = `explain (analyze, buffers, format json) select bank.list_fraud_alerts($1, null, null, 10, $2)`;
  const caller = JSON.stringify({ id: analyst.id, own_accounts_only: false });
  const pages: number[] = [];
  // The first one also reads what PostgreSQL must know to plan it.
  for (let turn = 0; turn < 3; turn += 1) {
    const { rows } = await bank.database.pool.query(sql, [JSON.stringify(filters()), caller]);
    const { Plan: plan } = rows[0]['QUERY PLAN'][0];
    pages.push(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']);
  }
  const table = await bank.database.pool.query(
    "select relpages from pg_class where oid = 'bank.fraud_alerts'::regclass",
  );
  expect(Math.min(...pages)).toBeLessThan(75);
  expect(table.rows[0].relpages).toBeGreaterThan(75);
});

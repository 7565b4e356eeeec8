import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../local/postgres/processes.ts';
import { settle } from '../support/outbox.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await startSystem();
  alice = await bank.person('customer');
  [from, to] = [await bank.account(alice, '100'), await bank.account(alice)];
});
afterAll(() => bank.close());

const patience = 20_000;

function transfer(headers: Record<string, string> = {}) {
  return bank.call(alice, 'POST', '/transfer', { from_account_id: from, to_account_id: to, amount: '1.00' }, headers);
}

/** The audit's rows about a transaction. */
async function audited(id: unknown): Promise<Record<string, unknown>[]> {
  const { rows } = await bank.database.pool.query('select * from bank.audit_logs where entity_id = $1', [id]);
  return rows;
}

async function unprocessed(): Promise<number> {
  const { rows } = await bank.database.pool.query(
    'select count(*)::integer as count from bank.events where processed_at is null',
  );
  return rows[0].count;
}

/** Lets a minute pass for what is in the outbox. */
function aMinutePasses() {
  return bank.database.pool.query(
    `update bank.events set created_at = created_at - interval '1 minute', relay_after = relay_after - interval '1 minute'
      where processed_at is null`,
  );
}

test('a transfer is audited soon after its answer, under the request that caused it', async () => {
  const { status, body, headers } = await transfer();
  expect(status).toBe(200);
  expect(await until(async () => (await audited(body.transaction_id)).length > 0, patience)).toBe(true);
  expect(await audited(body.transaction_id)).toMatchObject([
    {
      action: 'TransactionPosted',
      actor_id: alice.id,
      metadata: { request_id: headers.get('x-request-id') },
      new_values: { amount: '1.00' },
    },
  ]);
});

test('the queue is away: transfers are answered all the same, and when it is back the relay brings their events', async () => {
  await settle(bank.database.pool);
  await bank.cloud.stopService('sqs');
  const answers = [await transfer(), await transfer(), await transfer({ 'idempotency-key': randomUUID() })];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await unprocessed()).toBe(3);
  await bank.cloud.startService('sqs');
  await aMinutePasses();
  await bank.cloud.fire('relay-events');
  expect(await until(async () => (await unprocessed()) === 0, patience)).toBe(true);
  for (const { body } of answers) {
    expect(await audited(body.transaction_id)).toHaveLength(1);
  }
});

test('nothing of what is in an event is logged', async () => {
  expect(await until(() => bank.log().includes('"message":"processed"'), patience)).toBe(true);
  const log = bank.log();
  expect(log).not.toContain('"amount"');
  expect(log).not.toContain('new_values');
});

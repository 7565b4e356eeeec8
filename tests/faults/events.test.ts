import { randomInt } from 'node:crypto';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { lossyProxy } from '../../bench/faults/lossy-proxy.ts';
import { useFraudRules } from '../support/fraud-rules.ts';
import { poison, unprocessed } from '../support/outbox.ts';
import { inBatches, shuffled } from '../support/shuffled.ts';
import { ledgerDifferences } from '../support/test-bank.ts';
import { captureLogs } from '../unit/support/logs.ts';
import { type EventLine, openEventLine } from './event-line.ts';

let line: EventLine;
beforeEach(async () => {
  captureLogs();
  line = await openEventLine();
});
afterEach(() => line.bank.close());

const leftOver = () => unprocessed(line.bank.database.pool);

test('what happens is sent at once, and worked on', async () => {
  await line.transfer();
  expect(await line.queue.deliver(line.worker())).toBe(1);
  expect(await line.audited()).toEqual({ TransactionPosted: 1 });
  expect(await leftOver()).toEqual([]);
});

test('a handler is killed after its commit, before it sends: the event is relayed when it is a minute old, and audited once', async () => {
  await line.transfer('1', 'killed');
  expect(line.queue.waiting).toEqual([]);
  expect(await line.relay()).toEqual({ relayed: 0 });
  await line.minutesPass(1);
  expect(await line.relay()).toEqual({ relayed: 1 });
  await line.queue.deliver(line.worker());
  expect(await line.audited()).toEqual({ TransactionPosted: 1 });
  expect(await leftOver()).toEqual([]);
});

test('a relay is killed after it sent, before it marks: the event comes twice, and has one effect', async () => {
  await line.transfer('1', 'killed');
  await line.minutesPass(1);
  const killed = async () => {
    throw new Error('killed');
  };
  await expect(line.relay({ ...line.outbox, markRelayed: killed })).rejects.toThrow('killed');
  expect(await line.relay()).toEqual({ relayed: 0 });
  await line.minutesPass(1.1);
  expect(await line.relay()).toEqual({ relayed: 1 });
  expect(await line.queue.deliver(line.worker())).toBe(2);
  expect(await line.audited()).toEqual({ TransactionPosted: 1 });
});

test('two relays and three workers at once, every message twice: every event is worked on once', async () => {
  for (let count = 0; count < 40; count += 1) await line.transfer('1', 'killed');
  await line.minutesPass(2);
  const runs = await Promise.all([line.relay(), line.relay()]);
  expect(runs.reduce((sum, { relayed }) => sum + relayed, 0)).toBe(40);
  line.queue.waiting.push(...line.queue.waiting.map(message => ({ ...message })));
  await Promise.all([1, 2, 3].map(() => line.queue.deliver(line.worker())));
  expect(await line.audited()).toEqual({ TransactionPosted: 40 });
});

/** Commands of which some are stopped by the gate, the last ones for the worst. */
async function quarrelWithTheGate({ bank, transfer }: EventLine): Promise<void> {
  await useFraudRules(bank.database.pool, 'VELOCITY', 'AMOUNT_ANOMALY');
  for (let count = 0; count < 14; count += 1) await transfer('10').catch(() => undefined);
  for (const amount of ['500', '600']) await transfer(amount).catch(() => undefined);
}

/** What a bank has become, ids and times apart: what was audited, the alerts, the accounts, what is left over. */
async function stateOf({ bank }: EventLine): Promise<Record<string, unknown>> {
  const { rows } = await bank.database.pool.query(`
    select (select jsonb_agg(action order by action) from bank.audit_logs) as audited,
           (select jsonb_agg(jsonb_build_array(alert_type, risk_score, outcome, version) order by risk_score, alert_type) from bank.fraud_alerts) as alerts,
           (select jsonb_agg(jsonb_build_array(status, balance) order by balance) from bank.accounts) as accounts,
           (select count(*)::integer from bank.events where processed_at is null) as left_over`);
  return rows[0];
}

test('every message three times, shuffled and late, leads to the same as one delivery in order', async () => {
  const inOrder = await openEventLine();
  onTestFinished(() => inOrder.bank.close());
  await quarrelWithTheGate(inOrder);
  await inOrder.queue.deliver(inOrder.worker());

  await quarrelWithTheGate(line);
  const seed = randomInt(2 ** 31);
  const sent = line.queue.waiting.splice(0);
  // Late: the last third comes when all else has been worked on.
  for (const third of inBatches(shuffled([...sent, ...sent, ...sent], seed), sent.length)) {
    line.queue.waiting.push(...third.map(message => ({ ...message })));
    await line.queue.deliver(line.worker());
  }

  const expected = await stateOf(inOrder);
  expect(await stateOf(line), `seed ${seed}`).toEqual(expected);
  expect(expected).toMatchObject({ left_over: 0, accounts: expect.arrayContaining([['FROZEN', expect.anything()]]) });
});

test('one poison message in a batch of ten: nine are done, one is a dead letter after its tries, and redriving it works', async () => {
  for (let count = 0; count < 4; count += 1) await line.transfer();
  const { pool } = line.bank.database;
  const id = await poison(pool);
  await line.queue.send([{ id, type: 'CustomerRegistered' }]);
  for (let count = 0; count < 5; count += 1) await line.transfer();
  expect(line.queue.waiting).toHaveLength(10);
  // The batch of ten, and two more tries of the one that failed.
  expect(await line.queue.deliver(line.worker())).toBe(12);
  expect(await line.audited()).toEqual({ TransactionPosted: 9 });
  expect(line.queue.dead.map(({ body }) => JSON.parse(body).id)).toEqual([id]);
  expect(await leftOver()).toEqual([id]);

  await pool.query(`update bank.events set actor = '{"id": null, "roles": []}' where id = $1`, [id]);
  line.queue.redrive();
  await line.queue.deliver(line.worker());
  expect(await line.audited()).toEqual({ TransactionPosted: 9, CustomerRegistered: 1 });
  expect([line.queue.dead, await leftOver()]).toEqual([[], []]);
});

test('an event that nobody can process is relayed ever more seldom: some ten times in six hours, not 360', async () => {
  await poison(line.bank.database.pool);
  for (let minute = 0; minute < 6 * 60; minute += 1) {
    await line.minutesPass(1);
    await line.relay();
  }
  expect(line.queue.waiting.length).toBeGreaterThan(8);
  expect(line.queue.waiting.length).toBeLessThan(15);
});

test('the queue is down for minutes: money moves, and afterwards the outbox drains to zero', async () => {
  line.queue.down = true;
  for (let minute = 0; minute < 5; minute += 1) {
    for (let count = 0; count < 10; count += 1) {
      expect((await line.transfer()).transaction.status).toBe('COMPLETED');
    }
    await line.minutesPass(1);
    await expect(line.relay()).rejects.toThrow('did not take');
  }
  // One try of the ledger's, whose sender then lets the queue be, and one of the relay's in each minute.
  expect(line.queue.refusals).toBe(6);
  expect(line.unsent()).toBe(50);
  expect(await leftOver()).toHaveLength(50);

  line.queue.down = false;
  await line.minutesPass(1);
  expect(await line.relay()).toEqual({ relayed: 50 });
  await line.queue.deliver(line.worker());
  expect(await leftOver()).toEqual([]);
  expect(await line.audited()).toEqual({ TransactionPosted: 50 });
  expect(await ledgerDifferences(line.bank.database)).toEqual([]);
});

test('the reply to the worker’s committed call is lost: the retry finds it done, and what it wrote is relayed', async () => {
  await quarrelWithTheGate(line);
  const { dataApi } = line.bank;
  const proxy = await lossyProxy(dataApi.url, () => proxy.lost() < 3);
  onTestFinished(() => proxy.close());
  const sent = line.queue.waiting.length;
  expect(await line.queue.deliver(line.worker(proxy.url))).toBeGreaterThanOrEqual(sent);
  expect(proxy.lost()).toBe(3);
  expect(line.queue.dead).toEqual([]);
  await line.minutesPass(1);
  await line.relay();
  await line.queue.deliver(line.worker());
  expect(await leftOver()).toEqual([]);
  expect(await line.audited()).toMatchObject({ AccountFrozen: 1 });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createEventProcessing } from '../../lambdas/adapters/event-processing.ts';
import { createOutbox, type Outbox } from '../../lambdas/adapters/outbox.ts';
import { happened, outboxEvents, settle } from '../support/outbox.ts';
import { plansWithin, stepsOf } from '../support/plans.ts';
import { openTestBank, type TestBank } from '../support/test-bank.ts';

let bank: TestBank;
let outbox: Outbox;
beforeAll(async () => {
  bank = await openTestBank();
  outbox = createOutbox(bank.dataApi.database('bank_schedules'));
});
afterAll(() => bank.close());
beforeEach(() => settle(bank.database.pool));

const claim = async (batchSize = 100) => (await outbox.claim(batchSize)).map(({ id }) => id);

/** Lets time pass for the relay: all that it has taken or marked was so many minutes ago. */
function minutesPass(minutes: number) {
  return bank.database.pool.query(
    `update bank.events set relay_after = relay_after - $1 * interval '1 minute' where relay_after is not null`,
    [minutes],
  );
}

/** Minutes until the relay may take an event again. */
async function pauseOf(id: string): Promise<number> {
  const { rows } = await bank.database.pool.query(
    `select round(extract(epoch from relay_after - clock_timestamp()) / 60)::integer as minutes from bank.events where id = $1`,
    [id],
  );
  return rows[0].minutes;
}

describe('the relay takes', () => {
  test('what is a minute old, the oldest first, and nothing younger', async () => {
    const [older, newer] = [await happened(bank.database.pool, 3, 10), await happened(bank.database.pool, 2, 5)];
    await happened(bank.database.pool, 2, 0.5);
    expect(await claim()).toEqual([...older, ...newer]);
  });

  test('no more than it asks for', async () => {
    const ids = await happened(bank.database.pool, 5, 10);
    expect(await claim(2)).toEqual(ids.slice(0, 2));
    expect(await claim(2)).toEqual(ids.slice(2, 4));
    expect(await claim(2)).toEqual(ids.slice(4));
    expect(await claim(2)).toEqual([]);
  });

  test('each event as it was sent the first time', async () => {
    const sent: object[] = [];
    const { id } = await bank.customer();
    const database = bank.dataApi.database('bank_accounts', async events => {
      sent.push(...events);
    });
    await database.query({
      sql: 'select bank.open_account(gen_random_uuid(), :customer::uuid, :type, :currency, 0::numeric, 0::numeric, null::integer, false, :key, :caller::jsonb)',
      parameters: {
        customer: id,
        type: 'CHECKING',
        currency: 'USD',
        key: 'key',
        caller: JSON.stringify({ id, roles: ['teller'], own_accounts_only: false, ip: '192.0.2.9' }),
      },
      answer: z.unknown(),
    });
    await bank.database.pool.query(
      "update bank.events set created_at = created_at - interval '2 minutes' where processed_at is null",
    );
    const relayed = (await outbox.claim(100)).find(({ type }) => type === 'AccountOpened');
    expect({ ...relayed, created_at: '' }).toEqual({ ...sent[0], created_at: '' });
  });

  test('nothing that has been processed', async () => {
    const ids = await happened(bank.database.pool, 2, 10);
    await createEventProcessing(bank.dataApi.database('bank_workers')).processEvents(ids, []);
    expect(await claim()).toEqual([]);
  });

  test('what it took and did not mark again after a minute: whoever took it may have died', async () => {
    const ids = await happened(bank.database.pool, 2, 10);
    expect(await claim()).toEqual(ids);
    await minutesPass(0.9);
    expect(await claim()).toEqual([]);
    await minutesPass(0.2);
    expect(await claim()).toEqual(ids);
  });

  test('no more than the Data API answers, but at least one', async () => {
    const large = 'x'.repeat(300_000);
    const ids = await happened(bank.database.pool, 4, 10, { large });
    expect(await claim()).toEqual(ids.slice(0, 2));
    expect(await claim()).toEqual(ids.slice(2));
    const [huge] = await happened(bank.database.pool, 1, 10, { large: 'x'.repeat(900_000) });
    expect(await claim()).toEqual([huge]);
  });

  test('at the same moment as another, each its own', async () => {
    const ids = await happened(bank.database.pool, 60, 10);
    const batches = await Promise.all(Array.from({ length: 6 }, () => claim(10)));
    expect(batches.flat().toSorted()).toEqual(ids.toSorted());
  });

  test('what nobody else holds, and waits for nobody', async () => {
    const [first, second] = await happened(bank.database.pool, 2, 10);
    const worker = await bank.database.pool.connect();
    await worker.query('begin');
    await worker.query('select from bank.events where id = $1 for update', [first]);
    expect(await claim()).toEqual([second]);
    await worker.query('rollback');
    worker.release();
  });
});

describe('an event that was relayed', () => {
  test('waits twice as long each time, an hour at most', async () => {
    const [id = ''] = await happened(bank.database.pool, 1, 10);
    const pauses: number[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      expect(await claim()).toEqual([id]);
      await outbox.markRelayed([id]);
      pauses.push(await pauseOf(id));
      await minutesPass(61);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(await outboxEvents(bank.database.pool, 'id = $1', [id])).toMatchObject([{ relays: 9 }]);
  });

  test('that was only taken waits no longer the next time: the queue was away, the event is not to blame', async () => {
    const [id = ''] = await happened(bank.database.pool, 1, 10);
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await claim()).toEqual([id]);
      expect(await pauseOf(id)).toBe(1);
      await minutesPass(1.1);
    }
  });

  test('and processed meanwhile is not marked', async () => {
    const [id = ''] = await happened(bank.database.pool, 1, 10);
    await claim();
    await settle(bank.database.pool);
    await outbox.markRelayed([id]);
    expect(await outboxEvents(bank.database.pool, 'id = $1', [id])).toMatchObject([{ relays: 0 }]);
  });
});

test('the outbox tells how much is unprocessed, and how old the oldest is', async () => {
  expect(await outbox.read()).toEqual({ depth: 0, lag_seconds: 0 });
  await happened(bank.database.pool, 3, 10);
  const { depth, lag_seconds } = await outbox.read();
  expect(depth).toBe(3);
  expect(lag_seconds).toBeGreaterThanOrEqual(590);
  expect(lag_seconds).toBeLessThan(620);
});

test('finding what is due reads nothing else: not what was processed, nor what is due later', async () => {
  const { pool, url } = bank.database;
  await pool.query(`
    insert into bank.events (id, type, version, aggregate_type, aggregate_id, actor, context, data, created_at, processed_at)
    select gen_random_uuid(), 'CustomerRegistered', 1, 'customer', gen_random_uuid(), '{}', '{}', '{}', now() - interval '1 day', now()
      from generate_series(1, 300000)`);
  await happened(pool, 20_000, 600);
  await pool.query("update bank.events set relay_after = now() + interval '5 minutes' where processed_at is null");
  const dueAgain = await happened(pool, 300, 100);
  await pool.query("update bank.events set relay_after = now() - interval '5 minutes' where id = any($1)", [dueAgain]);
  await happened(pool, 300, 60);
  await pool.query('vacuum analyze bank.events');

  const plans = await plansWithin(url, 'select bank.claim_unprocessed_events(100)');
  const [claiming] = plans.filter(({ text }) => text.includes('never_taken'));
  const steps = claiming ? stepsOf(claiming.plan) : [];
  const indexes = steps.flatMap(step => step['Index Name'] ?? []);
  expect(indexes.toSorted()).toEqual(['events_pkey', 'events_unprocessed', 'events_unprocessed']);
  expect(steps.filter(step => step['Node Type'] === 'Seq Scan' || step['Rows Removed by Filter'])).toEqual([]);
  const { 'Shared Hit Blocks': hit = 0, 'Shared Read Blocks': read = 0 } = claiming?.plan ?? {};
  // Each of 200 rows is locked, of 100 leased: some pages for each, of the tens of thousands that there are.
  expect(hit + read).toBeLessThan(3_000);
});

import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createEventProcessing, type EventProcessing } from '../../lambdas/adapters/event-processing.ts';
import { lockWaits } from '../support/lock-waits.ts';
import { outboxEvents, poison, settle, unprocessed } from '../support/outbox.ts';
import { inBatches, shuffled } from '../support/shuffled.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let events: EventProcessing;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  events = createEventProcessing(bank.dataApi.database('bank_workers'));
  alice = await bank.customer();
});
afterAll(() => bank.close());
beforeEach(() => settle(bank.database.pool));

/** Some things that happen, of several types. @returns the ids of their events. */
async function happenings(): Promise<string[]> {
  const [from, to] = [await bank.account(alice, '50'), await bank.account(alice)];
  const transfer = { from_account_id: from, to_account_id: to, description: undefined, caller: alice, key: undefined };
  await bank.ledger.postTransfer({ ...transfer, amount: '20' });
  await bank.ledger.postTransfer({ ...transfer, amount: '1000' }).catch(() => undefined);
  await bank.powers.freezeAccount({ account_id: to, reason: 'asked for by phone', caller: teller });
  return unprocessed(bank.database.pool);
}

async function audit(ids: readonly string[]) {
  const { rows } = await bank.database.pool.query('select * from bank.audit_logs where id = any($1) order by id', [
    ids,
  ]);
  return rows;
}

describe('events that are processed', () => {
  test('leave one audit row each, under their id, in one call', async () => {
    const ids = await happenings();
    bank.dataApi.callsSinceLast();
    const outcome = await events.processEvents(ids, []);
    expect(bank.dataApi.callsSinceLast()).toBe(1);
    expect(outcome).toEqual({ processed: ids, skipped: [], unreviewed: [], unknown: [], notifications: 3 });
    expect((await audit(ids)).map(({ action }) => action)).toEqual([
      'AccountOpened',
      'TransactionPosted',
      'AccountOpened',
      'TransactionPosted',
      'TransactionRefused',
      'AccountFrozen',
    ]);
    expect(await unprocessed(bank.database.pool)).toEqual([]);
  });

  test('are audited with who did it, from where, when, and by which request', async () => {
    const ids = await happenings();
    await events.processEvents(ids, []);
    const [transfer] = (await audit(ids)).filter(
      ({ action, actor_id }) => action === 'TransactionPosted' && actor_id === alice.id,
    );
    const [event] = await outboxEvents(bank.database.pool, 'id = $1', [transfer.id]);
    const { fraud, ...whatMoved } = event?.data ?? {};
    expect(transfer).toMatchObject({
      version: 1,
      entity_type: 'transaction',
      entity_id: event?.aggregate_id,
      actor_roles: ['customer'],
      ip: '192.0.2.1',
      user_agent: 'test',
      old_values: null,
      new_values: whatMoved,
      metadata: { request_id: 'request', session_id: 'session', fraud },
    });
  });

  test('are audited with what changed, from what to what, and why', async () => {
    const ids = await happenings();
    await events.processEvents(ids, []);
    const [frozen] = (await audit(ids)).filter(({ action }) => action === 'AccountFrozen');
    expect(frozen).toMatchObject({
      old_values: { status: 'ACTIVE' },
      new_values: { status: 'FROZEN' },
      metadata: { reason: 'asked for by phone' },
    });
  });

  test('that say nothing but that they happened are audited without values', async () => {
    await bank.customer();
    const ids = await unprocessed(bank.database.pool);
    await events.processEvents(ids, []);
    expect(await audit(ids)).toMatchObject([
      { action: 'CustomerRegistered', old_values: null, new_values: null, ip: null },
    ]);
  });
});

describe('an event', () => {
  test('that was processed is skipped, and changes nothing', async () => {
    const ids = await happenings();
    await events.processEvents(ids, []);
    const before = await audit(ids);
    expect(await events.processEvents(ids, [])).toMatchObject({ processed: [], skipped: expect.arrayContaining(ids) });
    expect(await audit(ids)).toEqual(before);
  });

  test('that is named twice in a batch is processed once', async () => {
    const ids = await happenings();
    expect(await events.processEvents([...ids, ...ids], [])).toMatchObject({ processed: ids, skipped: [] });
  });

  test('that does not exist is named as unknown, and keeps nobody else back', async () => {
    const [ids, stranger] = [await happenings(), randomUUID()];
    expect(await events.processEvents([stranger, ...ids], [])).toMatchObject({ processed: ids, unknown: [stranger] });
  });

  test('that nobody can process keeps its whole batch from being processed', async () => {
    const ids = await happenings();
    await expect(events.processEvents([...ids, await poison(bank.database.pool)], [])).rejects.toThrow(
      'SQLState: 22P02',
    );
    expect(await audit(ids)).toEqual([]);
    expect(await events.processEvents(ids, [])).toMatchObject({ processed: ids });
  });

  test('of a posted transaction waits for the review, and no other does', async () => {
    const ids = await happenings();
    const posted = (await outboxEvents(bank.database.pool, "id = any($1) and type = 'TransactionPosted'", [ids])).map(
      ({ id }) => id,
    );
    const outcome = await events.processEvents(ids, null);
    expect(outcome.unreviewed.toSorted()).toEqual(posted);
    expect(outcome.processed).toEqual(ids.filter(id => !posted.includes(id)));
    expect(await events.processEvents(ids, [])).toMatchObject({ processed: posted, unreviewed: [], unknown: [] });
  });
});

test('three deliveries of everything, shuffled, by four workers at once: each event is processed once', async () => {
  await happenings();
  const ids = await happenings();
  const seed = randomInt(2 ** 31);
  const batches = inBatches(shuffled([...ids, ...ids, ...ids], seed), 10).values();
  const processed: string[] = [];
  const work = async () => {
    for (const batch of batches) {
      processed.push(...(await events.processEvents(batch, [])).processed);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  expect(processed.toSorted(), `seed ${seed}`).toEqual(ids);
  expect((await audit(ids)).map(({ id }) => id)).toEqual(ids);
});

test('of two workers with the same events one waits for the other, and then has nothing to do', async () => {
  const ids = await happenings();
  const holder = await bank.database.pool.connect();
  await holder.query('begin');
  await holder.query('select from bank.events where id = $1 for update', [ids.at(-1)]);
  const both = [events.processEvents(ids, []), events.processEvents(ids.toReversed(), [])];
  await lockWaits(bank.database.pool, 2);
  await holder.query('commit');
  holder.release();
  const outcomes = await Promise.all(both);
  expect(outcomes.map(({ processed }) => processed.length).toSorted()).toEqual([0, ids.length]);
  expect(outcomes.map(({ skipped }) => skipped.length).toSorted()).toEqual([0, ids.length]);
});

test('a batch of three hundred takes one call and less than two seconds', async () => {
  await happenings();
  await bank.database.pool.query(
    `insert into bank.events select bank.uuid_v7(), type, version, aggregate_type, aggregate_id, actor, context, data, created_at
       from (select * from bank.events where type = 'TransactionPosted' limit 1) pattern, generate_series(1, 300)`,
  );
  const ids = await unprocessed(bank.database.pool);
  bank.dataApi.callsSinceLast();
  const started = performance.now();
  expect((await events.processEvents(ids, [])).processed).toEqual(ids);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(bank.dataApi.callsSinceLast()).toBe(1);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { notifyOfEvents } from '../support/notifications.ts';
import { openTestBank, type TestBank } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;

beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank?.close());
beforeEach(async () => {
  alice = await bank.customer();
  await bank.database.pool.query('delete from bank.notifications');
  await notifyOfEvents(bank.database.pool);
});

interface Claimed {
  id: string;
  recipient: { first_name: string; emails: string[] } | null;
  [field: string]: unknown;
}

/** Takes what is due, as one of the senders does. */
async function claim(
  batchSize = 100,
  leaseSeconds = 60,
  session: Pick<typeof bank.database.pool, 'query'> = bank.database.pool,
) {
  const { rows } = await session.query('select bank.claim_notifications($1, $2) as answer', [batchSize, leaseSeconds]);
  return rows[0].answer as { abandoned: number; notifications: Claimed[] };
}

const ids = ({ notifications }: { notifications: Claimed[] }) => notifications.map(({ id }) => id);

async function mark(...marked: string[]): Promise<number> {
  const { rows } = await bank.database.pool.query('select bank.mark_notifications_sent($1) as answer', [
    JSON.stringify(marked),
  ]);
  return rows[0].answer.marked;
}

/** Notifications of alice that are due. Answers their ids, the longest due first. */
async function waiting(count: number): Promise<string[]> {
  const { rows } = await bank.database.pool.query(
    `insert into bank.notifications (id, event_id, customer_id, kind, facts, created_at, due_at)
     select gen_random_uuid(), gen_random_uuid(), $1, 'account-changed',
            '{"change": "limits_changed", "occurred_at": "2026-02-03T04:05:06Z"}', at, at
       from generate_series(1, $2::integer) turn, lateral (select now() - interval '1 hour' + turn * interval '1 second' as at) due
     returning id`,
    [alice.id, count],
  );
  return rows.map(row => row.id);
}

/** Lets the leases run out, without waiting for it. */
const pass = (interval: string) =>
  bank.database.pool.query('update bank.notifications set due_at = due_at - $1::interval', [interval]);

/** In how many seconds a notification may be taken again. */
async function dueIn(id: string): Promise<number> {
  const { rows } = await bank.database.pool.query(
    'select round(extract(epoch from due_at - now()))::integer as seconds from bank.notifications where id = $1',
    [id],
  );
  return rows[0].seconds;
}

describe('a claim', () => {
  test('hands out what is due, the longest due first, with the name and address of now', async () => {
    const [first, second] = await waiting(3);
    await bank.database.pool.query("update bank.customers set first_name = 'Grace', email = $2 where id = $1", [
      alice.id,
      `${alice.id}@now.example`,
    ]);
    const claimed = await claim(2);
    expect(ids(claimed)).toEqual([first, second]);
    expect(claimed.notifications[0]).toEqual({
      id: first,
      customer_id: alice.id,
      kind: 'account-changed',
      facts: { change: 'limits_changed', occurred_at: '2026-02-03T04:05:06Z' },
      recipient: { first_name: 'Grace', emails: [`${alice.id}@now.example`] },
      time_zone: 'UTC',
    });
  });

  test('hands out nobody’s name where the customer is no more, and no address where it has none', async () => {
    await waiting(1);
    await bank.database.pool.query('update bank.notifications set customer_id = gen_random_uuid()');
    await waiting(1);
    await bank.database.pool.query("update bank.customers set email = '' where id = $1", [alice.id]);
    const recipients = (await claim()).notifications.map(({ recipient }) => recipient);
    expect(recipients).toEqual(expect.arrayContaining([null, { first_name: 'Test', emails: [] }]));
  });

  test('leaves to nobody else what it took, until its lease is over', async () => {
    const taken = await waiting(2);
    expect(ids(await claim())).toEqual(taken);
    expect(ids(await claim())).toEqual([]);
    await pass('61 seconds');
    expect(ids(await claim())).toEqual(taken);
  });

  test('never waits for another that has not committed, nor takes what that took', async () => {
    const all = await waiting(4);
    const other = await bank.database.pool.connect();
    try {
      await other.query('begin');
      const theirs = ids(await claim(2, 60, other));
      const ours = ids(await claim(10));
      await other.query('commit');
      expect([theirs, ours]).toEqual([all.slice(0, 2), all.slice(2)]);
    } finally {
      other.release();
    }
  });

  test('of many at once takes each notification once', async () => {
    const all = await waiting(60);
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(8)));
    const taken = claims.flatMap(ids);
    expect(new Set(taken).size).toBe(taken.length);
    const rest = ids(await claim(100));
    expect([...taken, ...rest].sort()).toEqual(all.sort());
  });

  test('takes a failed one again after pauses that double, to an hour', async () => {
    const [id = ''] = await waiting(1);
    const pauses: number[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      await claim();
      pauses.push(await dueIn(id));
      await pass('1 hour');
    }
    expect(pauses).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
  });

  test('gives up after twelve tries, and says so once', async () => {
    const [id = ''] = await waiting(1);
    for (let turn = 0; turn < 12; turn += 1) {
      expect(await claim()).toMatchObject({ abandoned: 0, notifications: [{ id }] });
      await pass('1 hour');
    }
    expect(await claim()).toEqual({ abandoned: 1, notifications: [] });
    expect(await claim()).toEqual({ abandoned: 0, notifications: [] });
  });
});

describe('a mark', () => {
  test('ends a notification: it is never due again, and marked once', async () => {
    const [first = '', second = ''] = await waiting(2);
    await claim();
    expect([await mark(first, randomUUID()), await mark(first)]).toEqual([1, 0]);
    await pass('1 day');
    expect(ids(await claim())).toEqual([second]);
  });

  test('holds for one that went out when it had been given up', async () => {
    const [id = ''] = await waiting(1);
    await bank.database.pool.query('update bank.notifications set abandoned_at = now()');
    expect(await mark(id)).toBe(1);
    const { rows } = await bank.database.pool.query(
      'select abandoned_at, sent_at is not null as sent from bank.notifications',
    );
    expect(rows).toEqual([{ abandoned_at: null, sent: true }]);
  });

  test('of nothing changes nothing', async () => {
    await waiting(1);
    expect(await mark()).toBe(0);
    expect(ids(await claim())).toHaveLength(1);
  });
});

describe('an address that a customer gave up', () => {
  const first = () => `${alice.id}@customers.example`;
  const address = (name: string) => `${name}-${first()}`;
  const change = (email: string) => bank.customers.updateCustomer({ changes: { email }, version: null, caller: alice });
  const kept = async () =>
    (await bank.database.pool.query('select email from bank.former_emails order by version')).rows.map(
      row => row.email,
    );
  const emails = async () => {
    await notifyOfEvents(bank.database.pool);
    return (await claim()).notifications.map(({ id, recipient }) => ({ id, emails: recipient?.emails }));
  };

  beforeEach(async () => {
    await bank.database.pool.query('delete from bank.former_emails');
  });

  test('is told so, each once, and then forgotten', async () => {
    await change(address('second'));
    await change(address('third'));
    const claimed = await emails();
    expect(claimed.map(told => told.emails)).toEqual([
      [address('third'), first()],
      [address('third'), address('second')],
    ]);
    expect(await mark(claimed[0]?.id ?? '')).toBe(1);
    expect(await kept()).toEqual([address('second')]);
    await mark(claimed[1]?.id ?? '');
    expect(await kept()).toEqual([]);
  });

  test('is forgotten, too, when telling it has been given up', async () => {
    await change(address('second'));
    await notifyOfEvents(bank.database.pool);
    await bank.database.pool.query('update bank.notifications set attempts = 12');
    expect((await claim()).abandoned).toBe(1);
    expect(await kept()).toEqual([]);
  });

  test('is told nothing else, and nothing twice when it is the address again', async () => {
    await bank.customers.updateCustomer({ changes: { phone: '+12025550123' }, version: null, caller: alice });
    await change(address('second'));
    await change(first());
    expect((await emails()).map(told => told.emails)).toEqual([[first()], [first()], [first(), address('second')]]);
  });

  test('is none where only its capitals changed', async () => {
    await change(first().toUpperCase());
    expect(await kept()).toEqual([]);
  });
});

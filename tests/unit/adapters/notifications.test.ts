import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createNotifications } from '../../../lambdas/adapters/notifications.ts';
import type { Notifier } from '../../../lambdas/adapters/notifier.ts';
import { castsOf, fakeDatabase, functionOf, type SentQuery } from '../support/fake-database.ts';
import { claimed } from '../support/notifications.ts';

/** A database in which these wait. */
function waiting(notifications: object[], abandoned = 0) {
  return fakeDatabase(query =>
    functionOf(query) === 'bank.claim_notifications' ? { abandoned, notifications } : { marked: 1 },
  );
}

/** Notes what it sends, and fails for these. */
function notifierFailing(failures: Record<string, Error> = {}) {
  const tried: string[] = [];
  const notifier: Notifier = {
    async send({ id }) {
      tried.push(id);
      const failure = failures[id];
      if (failure) throw failure;
    },
  };
  return { notifier, tried };
}

const some = (count: number) => Array.from({ length: count }, () => claimed('large-debit', {}, { id: randomUUID() }));
const idOf = ({ id }: Record<string, unknown>) => String(id);
const markedIn = (sent: SentQuery[]) =>
  sent.filter(query => functionOf(query) === 'bank.mark_notifications_sent').map(({ parameters }) => parameters.ids);

describe('a delivery', () => {
  test('takes so many, sends each once and marks them in one call', async () => {
    const notifications = some(25);
    const { database, sent } = waiting(notifications);
    const { notifier, tried } = notifierFailing();
    expect(await createNotifications(database, notifier).deliver(25)).toEqual({
      sent: 25,
      failed: 0,
      abandoned: 0,
      errors: {},
    });
    expect(tried.sort()).toEqual(notifications.map(idOf).sort());
    expect(sent.map(functionOf)).toEqual(['bank.claim_notifications', 'bank.mark_notifications_sent']);
    expect(sent.map(castsOf)).toEqual([{ batch_size: 'integer', lease_seconds: 'integer' }, { ids: 'jsonb' }]);
    expect(sent[0]?.parameters).toEqual({ batch_size: 25, lease_seconds: 90 });
    expect(JSON.parse(String(markedIn(sent)[0])).sort()).toEqual(tried);
  });

  test('is not stopped by one that fails, and marks only what was sent', async () => {
    const [first = {}, second = {}, third = {}] = some(3);
    const { database, sent } = waiting([first, second, third], 2);
    const rejected = Object.assign(new Error('ada@customers.example is not verified'), { name: 'MessageRejected' });
    const { notifier } = notifierFailing({ [idOf(second)]: rejected });
    const delivery = await createNotifications(database, notifier).deliver(10);
    expect(delivery).toEqual({ sent: 2, failed: 1, abandoned: 2, errors: { MessageRejected: 1 } });
    expect(JSON.parse(String(markedIn(sent)[0]))).toEqual([idOf(first), idOf(third)]);
  });

  test('tells of failures by their names alone: what they say may name a customer', async () => {
    const [one = {}] = some(1);
    const { notifier } = notifierFailing({ [idOf(one)]: new Error('ada@customers.example') });
    const delivery = await createNotifications(waiting([one]).database, notifier).deliver(1);
    expect(JSON.stringify(delivery)).not.toContain('ada@');
  });

  test.each([
    ['a kind of another release', { kind: 'lottery-won' }],
    ['facts of another release', { facts: {} }],
  ])('leaves %s for later and sends the rest', async (_what, changes) => {
    const notifications = [claimed('large-debit', {}, { id: randomUUID(), ...changes }), ...some(1)];
    const { database } = waiting(notifications);
    const { notifier, tried } = notifierFailing();
    expect(await createNotifications(database, notifier).deliver(10)).toMatchObject({ sent: 1, failed: 1 });
    expect(tried).toEqual(notifications.slice(1).map(idOf));
  });

  test('of nothing is one call', async () => {
    const { database, sent } = waiting([]);
    const delivery = await createNotifications(database, notifierFailing().notifier).deliver(10);
    expect(delivery).toEqual({ sent: 0, failed: 0, abandoned: 0, errors: {} });
    expect(sent).toHaveLength(1);
  });

  test('in which everything fails marks nothing', async () => {
    const [one = {}] = some(1);
    const { database, sent } = waiting([one]);
    const { notifier } = notifierFailing({ [idOf(one)]: new Error('no') });
    expect(await createNotifications(database, notifier).deliver(1)).toMatchObject({ sent: 0, failed: 1 });
    expect(sent).toHaveLength(1);
  });

  test('has ten on their way at once, no more', async () => {
    let [now, most] = [0, 0];
    const notifier: Notifier = {
      async send() {
        now += 1;
        most = Math.max(most, now);
        await new Promise(resume => setImmediate(resume));
        now -= 1;
      },
    };
    await createNotifications(waiting(some(35)).database, notifier).deliver(50);
    expect(most).toBe(10);
  });
});

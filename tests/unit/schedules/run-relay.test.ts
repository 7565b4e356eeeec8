import { describe, expect, test, vi } from 'vitest';
import type { EventQueue } from '../../../lambdas/adapters/event-queue.ts';
import { EventsNotSent } from '../../../lambdas/adapters/events-not-sent.ts';
import type { Outbox } from '../../../lambdas/adapters/outbox.ts';
import type { BankEvent } from '../../../lambdas/domain/events.ts';
import { runRelay } from '../../../lambdas/schedules/run-relay.ts';
import { bankEvents, eventId } from '../support/bank-events.ts';

const away = new Error('the queue is away');
const batchesOf = (...sizes: number[]) => {
  const events = bankEvents(sizes.reduce((sum, size) => sum + size, 0));
  return sizes.map(size => events.splice(0, size));
};
const idsOf = (events: readonly BankEvent[] = []) => events.map(({ id }) => id);

/** Relays from an outbox that yields these batches, and notes everything in the order in which it was done. */
function relayOf(batches: BankEvent[][], send: EventQueue['send'] = async () => undefined, mayGoOn = () => true) {
  const done: string[] = [];
  const left = batches.values();
  const outbox: Outbox = {
    claim: async () => {
      done.push('claim');
      return left.next().value ?? [];
    },
    markRelayed: async ids => {
      done.push(`mark ${ids.length}`);
    },
    read: async () => ({ depth: 0, lag_seconds: 0 }),
  };
  const queue: EventQueue = {
    send: async events => {
      done.push(`send ${events.length}`);
      await send(events);
    },
  };
  const relayed = vi.fn();
  return { run: () => runRelay({ outbox, queue, mayGoOn, relayed }), done, relayed };
}

describe('the relay', () => {
  test('takes, sends and marks, until nothing is due', async () => {
    const { run, done, relayed } = relayOf(batchesOf(3, 2));
    expect(await run()).toEqual({ relayed: 5 });
    expect(done).toEqual(['claim', 'send 3', 'mark 3', 'claim', 'send 2', 'mark 2', 'claim']);
    expect(relayed.mock.calls).toEqual([[3], [2]]);
  });

  test('of an empty outbox sends nothing', async () => {
    const { run, done } = relayOf([]);
    expect(await run()).toEqual({ relayed: 0 });
    expect(done).toEqual(['claim']);
  });

  test('stops when its time is nearly over: the next minute goes on', async () => {
    const { run, done } = relayOf(batchesOf(3, 3, 3), undefined, () => done.length < 5);
    expect(await run()).toEqual({ relayed: 6 });
    expect(done.at(-1)).toBe('mark 3');
  });

  test('with no time for more still does one batch', async () => {
    const { run } = relayOf(batchesOf(3, 3), undefined, () => false);
    expect(await run()).toEqual({ relayed: 3 });
  });
});

describe('a queue that is away', () => {
  const refusing: EventQueue['send'] = async events => {
    throw new EventsNotSent(idsOf(events), away);
  };

  test('ends the run at once, and marks nothing, so that nothing waits longer for it', async () => {
    const { run, done, relayed } = relayOf(batchesOf(3, 3), refusing);
    await expect(run()).rejects.toMatchObject({ name: 'EventsNotSent', cause: away });
    expect(done).toEqual(['claim', 'send 3']);
    expect(relayed).not.toHaveBeenCalled();
  });

  test('half-way through a batch has what it took marked, and the rest waits for its lease', async () => {
    const { run, done, relayed } = relayOf(batchesOf(5), async events => {
      throw new EventsNotSent(idsOf(events.slice(2)), away);
    });
    await expect(run()).rejects.toMatchObject({ ids: [eventId(2), eventId(3), eventId(4)] });
    expect(done).toEqual(['claim', 'send 5', 'mark 2', 'claim']);
    expect(relayed.mock.calls).toEqual([[2]]);
  });
});

test('an event that the queue does not take keeps no other from being sent, and is told of at the end', async () => {
  const { run, relayed } = relayOf(batchesOf(3, 3), async events => {
    if (idsOf(events).includes(eventId(1))) throw new EventsNotSent([eventId(1)]);
  });
  await expect(run()).rejects.toMatchObject({ ids: [eventId(1)] });
  expect(relayed.mock.calls).toEqual([[2], [3]]);
});

test('a defect is thrown as it came', async () => {
  const { run } = relayOf(batchesOf(1), async () => {
    throw new TypeError('no such thing');
  });
  await expect(run()).rejects.toThrow(TypeError);
});

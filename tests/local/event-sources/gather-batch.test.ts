import { expect, test } from 'vitest';
import { gatherBatch } from '../../../local/event-sources/gather-batch.ts';
import { mapping } from './support.ts';

/** A queue that has so many messages each time it is asked, and how often that was. */
function queueOf(messages: (asked: number) => number) {
  const receives: number[] = [];
  return {
    receives,
    receive: async (asked: number) => {
      receives.push(asked);
      return Array.from({ length: Math.min(asked, 10, messages(receives.length)) }, () => ({ Body: 'x' }));
    },
    delete: async () => [],
  };
}

test('a queue that gives fewer messages than it was asked for is asked again only after a while', async () => {
  const queue = queueOf(() => 1);
  const batch = await gatherBatch(queue, mapping({ batchSize: 100, windowSeconds: 1 }), () => true);
  expect(batch.length).toBe(queue.receives.length);
  expect(batch.length).toBeLessThan(15);
});

test('a queue that gives all it was asked for is asked for the rest, until the batch is full', async () => {
  const queue = queueOf(() => 10);
  expect(await gatherBatch(queue, mapping({ batchSize: 25, windowSeconds: 5 }), () => true)).toHaveLength(25);
  expect(queue.receives).toEqual([25, 10, 5]);
});

import { randomUUID } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { EventQueue } from '../../lambdas/adapters/event-queue.ts';
import { EventsNotSent } from '../../lambdas/adapters/events-not-sent.ts';
import { inBatches } from '../support/shuffled.ts';
import { lambdaContext } from '../unit/support/events.ts';
import { sqsEvent } from '../unit/support/sqs-events.ts';

/** The Lambda handler of a queue. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

interface Message {
  id: string;
  body: string;
  received: number;
}

/** A queue in memory, with the faults of a real one. A message that has failed three times is a dead letter. */
export interface MemoryQueue extends EventQueue {
  /** Whether it takes nothing at present. */
  down: boolean;
  /** How often it took nothing. */
  refusals: number;
  waiting: Message[];
  dead: Message[];
  /** Delivers what waits, in batches of ten, and what failed again, until nothing waits. @returns how many deliveries it made. */
  deliver(handler: QueueHandler): Promise<number>;
  /** Puts the dead letters on the queue again. */
  redrive(): void;
}

const mostReceives = 3;

/** An empty queue. */
export function memoryQueue(): MemoryQueue {
  const queue: MemoryQueue = {
    down: false,
    refusals: 0,
    waiting: [],
    dead: [],
    async send(events) {
      if (queue.down) {
        queue.refusals += 1;
        throw new EventsNotSent(events.map(({ id }) => id));
      }
      queue.waiting.push(...events.map(event => ({ id: randomUUID(), body: JSON.stringify(event), received: 0 })));
    },
    async deliver(handler) {
      let deliveries = 0;
      while (queue.waiting.length > 0) {
        for (const batch of inBatches(queue.waiting.splice(0), 10)) {
          deliveries += batch.length;
          await deliverBatch(queue, batch, handler);
        }
      }
      return deliveries;
    },
    redrive() {
      queue.waiting.push(...queue.dead.splice(0).map(message => ({ ...message, received: 0 })));
    },
  };
  return queue;
}

/** As an event source mapping does: what is reported, or everything if the function fails, comes again. */
async function deliverBatch(queue: MemoryQueue, batch: Message[], handler: QueueHandler): Promise<void> {
  const event = sqsEvent(...batch.map(({ body }) => body));
  const failed = await handler(event, lambdaContext()).then(
    ({ batchItemFailures }) => new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)),
    () => new Set(event.Records.map(({ messageId }) => messageId)),
  );
  for (const [index, message] of batch.entries()) {
    if (failed.has(event.Records[index]?.messageId ?? '')) {
      message.received += 1;
      (message.received < mostReceives ? queue.waiting : queue.dead).push(message);
    }
  }
}

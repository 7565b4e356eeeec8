import type { EventQueue } from './event-queue.ts';
import { onDemand } from './on-demand.ts';

/** The event queue in SQS; its client is loaded for the first events: for who seldom has any to send. */
export function eventQueueOnDemand(queueUrl: string): EventQueue {
  const queue = onDemand(async () => {
    const { createEventQueue } = await import('./event-queue.ts');
    return createEventQueue({ queueUrl });
  });
  return { send: async (events, milliseconds) => (await queue()).send(events, milliseconds) };
}

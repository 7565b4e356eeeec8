import type { EventQueue } from '../adapters/event-queue.ts';
import { EventsNotSent } from '../adapters/events-not-sent.ts';
import type { Outbox } from '../adapters/outbox.ts';
import type { BankEvent } from '../domain/events.ts';

export interface RelayRun {
  outbox: Outbox;
  queue: EventQueue;
  /** Whether there is time for another batch. */
  mayGoOn(): boolean;
  /** Hears of events as soon as they have been sent and marked. */
  relayed(count: number): void;
}

/** What one reading of the database takes, 50 calls of SQS. */
const batchSize = 500;

/**
 * Sends again what is due, until nothing is or the time is over. Each batch is taken, sent, marked: whoever dies in between leaves
 * events that are sent twice, and none that is not. Only what was sent waits longer for its next turn.
 *
 * @throws EventsNotSent at once if the queue takes nothing, and at the end if it did not take some.
 */
export async function runRelay({ outbox, queue, mayGoOn, relayed }: RelayRun): Promise<{ relayed: number }> {
  let total = 0;
  const refused: string[] = [];
  let cause: unknown;
  do {
    const batch = await outbox.claim(batchSize);
    if (batch.length === 0) {
      break;
    }
    const failure = await sendBatch(queue, batch);
    const sent = batch.map(({ id }) => id).filter(id => !failure?.ids.includes(id));
    if (sent.length > 0) {
      await outbox.markRelayed(sent);
      relayed(sent.length);
      total += sent.length;
    }
    if (failure) {
      refused.push(...failure.ids);
      cause ??= failure.cause;
      if (sent.length === 0) break;
    }
  } while (mayGoOn());
  if (refused.length > 0) {
    throw new EventsNotSent(refused, cause);
  }
  return { relayed: total };
}

async function sendBatch(queue: EventQueue, batch: readonly BankEvent[]): Promise<EventsNotSent | undefined> {
  try {
    await queue.send(batch);
    return undefined;
  } catch (error) {
    if (error instanceof EventsNotSent) {
      return error;
    }
    throw error;
  }
}

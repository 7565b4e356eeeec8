import type { BankEvent } from '../domain/events.ts';
import type { EventQueue } from './event-queue.ts';
import { EventsNotSent } from './events-not-sent.ts';

export interface AfterCommitOptions {
  queue: EventQueue;
  /** Milliseconds that are left for the work at hand, answering included. */
  remainingTime(): number;
  /** Hears of events that were not sent, and why; not why where sending was not tried. */
  unsent(count: number, cause?: unknown): void;
}

/** What sending may delay an answer at most. */
const longestMilliseconds = 1_000;
/** Kept back from the remaining time for the answer's way home. */
const reserveMilliseconds = 500;
/** With less time than this it isn't tried. */
const leastMilliseconds = 50;
/** How long nothing is sent after a failure, so that a queue that is away delays one answer and not every one. */
const restMilliseconds = 10_000;

/**
 * What a database does with the events that a call has committed: send them at once. Not sent is not lost: they are in the outbox,
 * and the relay sends them within a minute or two. So this never throws.
 */
export function sendAfterCommit({
  queue,
  remainingTime,
  unsent,
}: AfterCommitOptions): (events: BankEvent[]) => Promise<void> {
  let restsUntil = 0;
  return async events => {
    const milliseconds = Math.min(longestMilliseconds, remainingTime() - reserveMilliseconds);
    if (Date.now() < restsUntil || milliseconds < leastMilliseconds) {
      unsent(events.length);
      return;
    }
    try {
      await queue.send(events, milliseconds);
    } catch (error) {
      restsUntil = Date.now() + restMilliseconds;
      unsent(error instanceof EventsNotSent ? error.ids.length : events.length, error);
    }
  };
}

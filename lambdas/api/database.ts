import type * as z from 'zod';
import { sendAfterCommit } from '../adapters/after-commit.ts';
import { createDatabase, type Database } from '../adapters/database.ts';
import { createEventQueue } from '../adapters/event-queue.ts';
import { databaseTarget, type databaseVariables, eventQueueVariable, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { reportUnsent } from '../runtime/unsent-events.ts';

type DatabaseVariables = z.output<z.ZodObject<typeof databaseVariables>>;

/**
 * The database that a function's environment names, within the time of the invocation at hand. What its calls write into the outbox
 * is sent at once to the queue that EVENT_QUEUE_URL names; without one it is left to the relay.
 */
export function databaseOf(environment: DatabaseVariables): Database {
  const { EVENT_QUEUE_URL: queueUrl } = readEnvironment({
    EVENT_QUEUE_URL: eventQueueVariable.EVENT_QUEUE_URL.optional(),
  });
  const options = { target: databaseTarget(environment), remainingTime };
  if (queueUrl === undefined) {
    return createDatabase(options);
  }
  const queue = createEventQueue({ queueUrl });
  return createDatabase({ ...options, afterCommit: sendAfterCommit({ queue, remainingTime, unsent: reportUnsent }) });
}

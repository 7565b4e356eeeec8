import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { createDatabase } from '../adapters/database.ts';
import { eventQueueOnDemand } from '../adapters/event-queue-on-demand.ts';
import { createOutbox } from '../adapters/outbox.ts';
import { databaseTarget, databaseVariables, eventQueueVariable, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { metrics } from '../runtime/metrics.ts';
import { schedule } from '../runtime/schedule.ts';
import { runRelay } from './run-relay.ts';

/** Kept back for a batch: two calls of the database, and of SQS until one fails. */
const reserveMilliseconds = 15_000;

const environment = readEnvironment({ ...databaseVariables, ...eventQueueVariable });
const outbox = createOutbox(createDatabase({ target: databaseTarget(environment), remainingTime }));
const queue = eventQueueOnDemand(environment.EVENT_QUEUE_URL);

/** Every minute: sends the events again that nobody has processed, and tells how many those are and how old. */
export const handler = schedule(async () => {
  const { depth, lag_seconds } = await outbox.read();
  metrics.addMetric('OutboxDepth', MetricUnit.Count, depth);
  metrics.addMetric('OutboxLagSeconds', MetricUnit.Seconds, lag_seconds);
  const { relayed } = await runRelay({
    outbox,
    queue,
    mayGoOn: () => remainingTime() > reserveMilliseconds,
    relayed: count => metrics.addMetric('EventsRelayed', MetricUnit.Count, count),
  });
  return { depth, lag_seconds, relayed };
});

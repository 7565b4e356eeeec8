import { fileURLToPath } from 'node:url';
import { sendAfterCommit } from '../adapters/after-commit.ts';
import { createDatabase } from '../adapters/database.ts';
import { createEventProcessing } from '../adapters/event-processing.ts';
import { eventQueueOnDemand } from '../adapters/event-queue-on-demand.ts';
import { createGeoIp } from '../adapters/geo-ip.ts';
import { createNotifications } from '../adapters/notifications.ts';
import { notifierOnDemand } from '../adapters/notifier-on-demand.ts';
import { databaseTarget, databaseVariables, eventQueueVariable, readEnvironment } from '../runtime/environment.ts';
import { countTransfers } from '../runtime/event-metrics.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { logger } from '../runtime/logger.ts';
import { notificationVariables } from '../runtime/notification-variables.ts';
import { queue } from '../runtime/queue.ts';
import { reportUnsent } from '../runtime/unsent-events.ts';
import { eventMessage, workOnEvents } from './work-on-events.ts';

const environment = readEnvironment({ ...databaseVariables, ...eventQueueVariable, ...notificationVariables });
const eventQueue = eventQueueOnDemand(environment.EVENT_QUEUE_URL);
const database = createDatabase({
  target: databaseTarget(environment),
  remainingTime,
  afterCommit: sendAfterCommit({ queue: eventQueue, remainingTime, unsent: reportUnsent }),
});
const events = createEventProcessing(database);
/** Where the stack puts the databases of places, beside the code. */
const geo = createGeoIp(fileURLToPath(new URL('./geoip', import.meta.url)));
const notifications = createNotifications(
  database,
  notifierOnDemand({ topics: environment.NOTIFICATION_TOPICS, sender: environment.EMAIL_SENDER }),
);

/** Works on the bank's events: the audit, the fraud review and what follows from it, notifications. */
export const handler = queue({
  message: eventMessage,
  logKeys: ({ id, type, aggregate_id, context }) => ({
    event_id: id,
    event_type: type,
    aggregate_id,
    request_id: context?.request_id,
  }),
  async work(messages) {
    const outcomes = await workOnEvents(messages, { events, geo, notify });
    const processed = messages.filter((_, index) => outcomes[index] === 'processed');
    countTransfers([...new Map(processed.map(message => [message.id, message])).values()]);
    return outcomes;
  },
});

/** Sends notifications now. If that fails they are due all the same, and their schedule sends them. */
async function notify(count: number): Promise<void> {
  try {
    await notifications.deliver(count);
  } catch (error) {
    logger.warn('notifications not sent', { cause: error as Error });
  }
}

import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { createDatabase } from '../adapters/database.ts';
import { createNotifications, type Delivery } from '../adapters/notifications.ts';
import { notifierOnDemand } from '../adapters/notifier-on-demand.ts';
import { databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { metrics } from '../runtime/metrics.ts';
import { notificationVariables } from '../runtime/notification-variables.ts';
import { schedule } from '../runtime/schedule.ts';

const environment = readEnvironment({ ...databaseVariables, ...notificationVariables });
const notifications = createNotifications(
  createDatabase({
    target: {
      resourceArn: environment.DATABASE_CLUSTER_ARN,
      secretArn: environment.DATABASE_SECRET_ARN,
      database: environment.DATABASE_NAME,
    },
    remainingTime,
  }),
  notifierOnDemand({ topics: environment.NOTIFICATION_TOPICS, sender: environment.EMAIL_SENDER }),
);

const batchSize = 50;
/** Kept back for one batch, every call of which hangs until it is given up. */
const reserveMilliseconds = 20_000;

/** Sends what the worker did not get out, and what it failed to: batch by batch, as long as they go out and there is time. */
export const handler = schedule(async (): Promise<Delivery> => {
  const total: Delivery = { sent: 0, failed: 0, abandoned: 0, errors: {} };
  for (let more = true; more; ) {
    const batch = await notifications.deliver(batchSize);
    count(batch);
    add(total, batch);
    more = batch.sent > 0 && batch.sent + batch.failed === batchSize && remainingTime() > reserveMilliseconds;
  }
  return total;
});

/** Counted by the batch, so that what a later one throws hides nothing of those before it. */
function count({ sent, failed, abandoned }: Delivery): void {
  metrics.addMetric('NotificationsSent', MetricUnit.Count, sent);
  metrics.addMetric('NotificationsFailed', MetricUnit.Count, failed);
  metrics.addMetric('NotificationsAbandoned', MetricUnit.Count, abandoned);
}

function add(total: Delivery, batch: Delivery): void {
  total.sent += batch.sent;
  total.failed += batch.failed;
  total.abandoned += batch.abandoned;
  for (const [name, times] of Object.entries(batch.errors)) {
    total.errors[name] = (total.errors[name] ?? 0) + times;
  }
}

import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { bankMetric } from '../bank-metric.ts';
import type { Shown } from './bank-dashboard.ts';
import { graph, graphTo, heading } from './widgets.ts';

const period = Duration.minutes(1);

/** What waits: in the outbox, in queues, and for good in the dead-letter queues. */
export function eventWidgets({ stage, queues, deadLetters }: Shown) {
  const own = (name: string, statistic: string, label: string) => bankMetric(stage, name, { period, statistic, label });
  return [
    [heading('Events', 'From the commit of what happened to the worker that audits, reviews and notifies.')],
    [
      graphTo(300, 'Outbox: age of the oldest event, s', [own('OutboxLagSeconds', Stats.MAXIMUM, 'seconds')]),
      graph('Outbox: events that wait', [
        own('OutboxDepth', Stats.MAXIMUM, 'waiting'),
        own('EventsRelayed', Stats.SUM, 'sent again'),
        own('EventSendFailed', Stats.SUM, 'not sent at once'),
      ]),
      graph(
        'Dead letters',
        Object.entries(deadLetters).map(([label, queue]) =>
          queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM, label }),
        ),
      ),
    ],
    [
      graph(
        'Queues: age of the oldest message, s',
        Object.entries(queues).map(([label, queue]) =>
          queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM, label }),
        ),
      ),
      graph(
        'Queues: messages that wait',
        Object.entries(queues).map(([label, queue]) =>
          queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM, label }),
        ),
      ),
      graph('Notifications', [
        own('NotificationsSent', Stats.SUM, 'sent'),
        own('NotificationsFailed', Stats.SUM, 'to be tried again'),
        own('NotificationsAbandoned', Stats.SUM, 'given up'),
      ]),
    ],
  ];
}

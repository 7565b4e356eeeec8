import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { bankMetric } from '../bank-metric.ts';
import type { Shown } from './bank-dashboard.ts';
import { graph, heading, totalOf } from './widgets.ts';

const period = Duration.hours(1);

/** What the bill grows with: capacity by the hour, requests, calls, compute time, messages and logs. */
export function costWidgets({ stage, api, cluster, queues }: Shown) {
  const lambda = (label: string, metric: string) =>
    totalOf(label, `{AWS/Lambda,FunctionName} MetricName="${metric}" countinghouse ${stage}`, 'Sum', period);
  return [
    [heading('What the bill grows with', 'By the hour. What it comes to is in docs/COSTS.md.')],
    [
      graph('Capacity of the database, ACU', [
        cluster.metric('ServerlessDatabaseCapacity', { period, statistic: Stats.AVERAGE, label: 'average ACU' }),
      ]),
      graph(
        'Requests, invocations and calls',
        [
          api.metricCount({ period, statistic: Stats.SUM, label: 'API requests' }),
          lambda('invocations', 'Invocations'),
          bankMetric(stage, 'DatabaseCallDuration', { period, statistic: Stats.SAMPLE_COUNT, label: 'Data API calls' }),
        ],
        [lambda('compute time, ms', 'Duration')],
      ),
      graph(
        'Messages and logs',
        Object.entries(queues).map(([label, queue]) =>
          queue.metricNumberOfMessagesSent({ period, statistic: Stats.SUM, label: `${label} sent` }),
        ),
        [
          totalOf(
            'bytes logged',
            `{AWS/Logs,LogGroupName} MetricName="IncomingBytes" countinghouse ${stage}`,
            'Sum',
            period,
          ),
        ],
      ),
    ],
  ];
}

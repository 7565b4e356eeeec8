import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { bankMetric } from '../bank-metric.ts';
import type { Shown } from './bank-dashboard.ts';
import { graph, heading } from './widgets.ts';

const period = Duration.minutes(1);

/** The ledger's cluster, and the calls that reach it through the Data API as the functions measure them. */
export function databaseWidgets({ stage, cluster }: Shown) {
  const aurora = (name: string, label: string) => cluster.metric(name, { period, statistic: Stats.MAXIMUM, label });
  const call = (statistic: string) =>
    bankMetric(stage, 'DatabaseCallDuration', { period, statistic, label: statistic });
  const own = (name: string, label: string) => bankMetric(stage, name, { period, statistic: Stats.SUM, label });
  return [
    [heading('Database', 'Calls of the Data API from the functions, tries included, and what Aurora says of itself.')],
    [
      graph('Data API calls, ms', [call('p50'), call('p95'), call('p99')]),
      graph('Data API calls sent again, or lost', [
        own('DatabaseRetries', 'sent again'),
        own('DatabaseUnavailable', 'did not get through'),
        own('KmsFailures', 'KMS failed'),
      ]),
      graph('Capacity', [aurora('ServerlessDatabaseCapacity', 'ACU')], [aurora('ACUUtilization', '% of the most')]),
    ],
    [
      graph(
        'CPU and connections',
        [aurora('CPUUtilization', 'CPU, %')],
        [aurora('DatabaseConnections', 'connections')],
      ),
      graph(
        'Deadlocks and lag',
        [aurora('Deadlocks', 'deadlocks, a second')],
        [aurora('AuroraReplicaLagMaximum', 'lag, ms')],
      ),
      graph(
        'Volume and transaction ids',
        [aurora('VolumeBytesUsed', 'bytes')],
        [aurora('MaximumUsedTransactionIDs', 'ids used')],
      ),
    ],
  ];
}

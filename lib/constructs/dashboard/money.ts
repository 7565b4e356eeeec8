import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { bankMetric } from '../bank-metric.ts';
import type { Shown } from './bank-dashboard.ts';
import { found, graph, heading } from './widgets.ts';

const period = Duration.minutes(5);

/** What money did, and what the fraud rules thought of it. Counted by the worker, once for each event. */
export function moneyWidgets({ stage }: Shown) {
  const sum = (name: string, label: string) => bankMetric(stage, name, { period, statistic: Stats.SUM, label });
  const score = (statistic: string) => bankMetric(stage, 'FraudScore', { period, statistic, label: statistic });
  return [
    [heading('Money and fraud', 'Transfers, why they were refused, and how suspicious the gate found them.')],
    [
      graph('Transfers completed', [sum('TransfersCompleted', 'completed')]),
      graph('Transfers refused, by code', [
        found(`{Countinghouse,service,stage,code} MetricName="TransfersRefused" stage="${stage}"`, 'Sum', period),
      ]),
      graph(
        'Fraud scores',
        [score('p50'), score('p95'), score('Maximum')],
        [sum('FraudBlocked', 'blocked'), sum('FraudRuleErrors', 'rules that failed')],
      ),
    ],
  ];
}

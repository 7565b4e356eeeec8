import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic.ts';
import { BankAlarm } from './bank-alarm.ts';
import { bankMetric } from './bank-metric.ts';

/** What an account may run at once unless it has asked for more (Lambda quotas, "Concurrent executions"). */
const ordinaryConcurrency = 1000;

/** What is watched of the functions' work together, by what they measure: their calls of the database and of KMS, and the fraud rules. */
export class WorkAlarms extends Construct {
  constructor(scope: Construct, id: string, { alarms }: { readonly alarms: AlarmTopic }) {
    super(scope, id);
    const period = Duration.minutes(5);
    const sum = (metricName: string) => bankMetric(alarms.stage, metricName, { period, statistic: Stats.SUM });
    new BankAlarm(this, 'KmsFailures', {
      alarms,
      says: 'KMS did not do what the bank asked: a key may be disabled or about to be deleted',
      runbook: 'kms-key-disabled',
      metric: sum('KmsFailures'),
      threshold: 1,
      evaluationPeriods: 1,
    });
    new BankAlarm(this, 'FraudRuleErrors', {
      alarms,
      says: 'a fraud rule failed: its transfers are held up for review',
      runbook: 'a-fraud-rule-fails',
      metric: sum('FraudRuleErrors'),
      threshold: 1,
      evaluationPeriods: 1,
    });
    new BankAlarm(this, 'DatabaseRetries', {
      alarms,
      says: 'one of twenty calls of the Data API had to be sent again, or did not get through',
      runbook: 'the-data-api-fails',
      metric: new MathExpression({
        expression: 'IF(calls >= 100, 100 * (retries + failures) / calls, 0)',
        usingMetrics: {
          calls: bankMetric(alarms.stage, 'DatabaseCallDuration', { period, statistic: Stats.SAMPLE_COUNT }),
          retries: sum('DatabaseRetries'),
          failures: sum('DatabaseUnavailable'),
        },
        label: 'sent again or lost, of a hundred',
        period,
      }),
      threshold: 5,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    new BankAlarm(this, 'Concurrency', {
      alarms,
      says: 'the functions of this account are near the limit of how many run at once',
      runbook: 'concurrency-near-the-limit',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'ConcurrentExecutions',
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 0.8 * ordinaryConcurrency,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
  }
}

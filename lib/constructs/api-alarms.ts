import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic.ts';
import { BankAlarm } from './bank-alarm.ts';

/** What callers notice: that the API fails, and that it is slow. */
export class ApiAlarms extends Construct {
  constructor(scope: Construct, id: string, { api, alarms }: { readonly api: HttpApi; readonly alarms: AlarmTopic }) {
    super(scope, id);
    const period = Duration.minutes(1);
    new BankAlarm(this, 'ServerErrors', {
      alarms,
      says: 'more than one of a hundred requests was answered 5xx',
      runbook: 'the-api-answers-5xx',
      metric: new MathExpression({
        // With few requests one failure would be many of a hundred.
        expression: 'IF(requests >= 20 OR errors >= 5, 100 * errors / requests, 0)',
        usingMetrics: {
          requests: api.metricCount({ period, statistic: Stats.SUM }),
          errors: api.metricServerError({ period, statistic: Stats.SUM }),
        },
        label: 'answered 5xx, of a hundred',
        period,
      }),
      threshold: 1,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
    new BankAlarm(this, 'Slow', {
      alarms,
      says: 'one of a hundred requests took longer than a second',
      runbook: 'the-api-is-slow',
      metric: api.metricLatency({ period, statistic: Stats.percentile(99) }),
      threshold: 1000,
      evaluationPeriods: 10,
      datapointsToAlarm: 8,
    });
  }
}

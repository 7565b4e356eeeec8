import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Shown } from './bank-dashboard.ts';
import { found, graph, graphTo, heading } from './widgets.ts';

const period = Duration.minutes(1);

/** How much is asked of the API, how it answers, and how soon. */
export function trafficWidgets({ stage, api }: Shown) {
  const latency = (statistic: string, label: string) => api.metricLatency({ period, statistic, label });
  return [
    [heading('Traffic', 'Requests, answers, latency at the gateway, and what was refused, by the code of the error.')],
    [
      graph('Requests and errors, a minute', [
        api.metricCount({ period, statistic: Stats.SUM, label: 'requests' }),
        api.metricClientError({ period, statistic: Stats.SUM, label: '4xx' }),
        api.metricServerError({ period, statistic: Stats.SUM, label: '5xx' }),
      ]),
      graphTo(1000, 'Latency, ms', [latency('p50', 'p50'), latency('p95', 'p95'), latency('p99', 'p99')]),
      graph('Refusals by code, a minute', [
        found(`{Countinghouse,service,stage,code} MetricName="RequestsRefused" stage="${stage}"`, 'Sum'),
      ]),
    ],
  ];
}

import { Duration } from 'aws-cdk-lib';
import type { Shown } from './bank-dashboard.ts';
import { found, graph, heading } from './widgets.ts';

/** The stage's Lambda functions, each a line: their names begin with their stacks'. */
export function functionWidgets({ stage }: Shown) {
  const ofAll = (metric: string, statistic: string) =>
    found(`{AWS/Lambda,FunctionName} MetricName="${metric}" countinghouse ${stage}`, statistic, Duration.minutes(5));
  return [
    [heading('Functions', 'Failures, invocations turned away, and time taken, by function.')],
    [
      graph('Failures', [ofAll('Errors', 'Sum')]),
      graph('Turned away and at once', [ofAll('Throttles', 'Sum')], [ofAll('ConcurrentExecutions', 'Maximum')]),
      graph('Duration, p99, ms', [ofAll('Duration', 'p99')]),
    ],
  ];
}

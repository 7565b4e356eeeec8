import { Metric, type MetricProps } from 'aws-cdk-lib/aws-cloudwatch';

interface BankMetricProps extends Pick<MetricProps, 'period' | 'statistic' | 'label'> {
  /** Dimensions beside those that all have. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** One of the bank's own metrics. As functions write them (`lambdas/runtime/metrics.ts`): with other dimensions it is another metric. */
export function bankMetric(stage: string, metricName: string, { dimensions, ...props }: BankMetricProps): Metric {
  return new Metric({
    namespace: 'Countinghouse',
    metricName,
    dimensionsMap: { service: 'countinghouse', stage, ...dimensions },
    ...props,
  });
}

import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { JobRun } from '../domain/jobs/job-run.ts';
import { metrics } from './metrics.ts';

/** Counts a run that is completed, under its job's name: how long it took from its start, and what it did. */
export function countRun({ job, counts, duration_ms }: JobRun): void {
  const emit = (name: string, unit: (typeof MetricUnit)[keyof typeof MetricUnit], value: number) => {
    const metric = metrics.singleMetric();
    metric.addDimension('job', job);
    metric.addMetric(name, unit, value);
  };
  emit('JobDuration', MetricUnit.Milliseconds, duration_ms ?? 0);
  for (const [name, count] of Object.entries(counts)) {
    emit(`Job${name.charAt(0).toUpperCase()}${name.slice(1)}`, MetricUnit.Count, count);
  }
}

import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { logger } from './logger.ts';
import { metrics } from './metrics.ts';

/** Tells that events were not sent after their commit, and why if it was tried. They wait for the relay. */
export function reportUnsent(count: number, cause?: unknown): void {
  if (cause !== undefined) {
    logger.warn('events not sent', { events: count, cause: cause as Error });
  }
  // At once: the functions of the API write no other metrics.
  metrics.singleMetric().addMetric('EventSendFailed', MetricUnit.Count, count);
}

import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { takeDatabaseCalls } from './database-calls.ts';
import { beginInvocation } from './invocation.ts';
import { isKmsFailure } from './kms-failure.ts';
import { logger } from './logger.ts';
import { metrics } from './metrics.ts';

/** What surrounds work that nobody waits for: notes the invocation, logs why it failed, and writes its metrics either way. */
export function background<Event, Result>(): MiddlewareObj<Event, Result, Error, Context> {
  return {
    before: ({ context }) => {
      beginInvocation(context);
      takeDatabaseCalls();
      logger.resetKeys();
      logger.appendKeys({ invocation_id: context.awsRequestId });
    },
    after: publishMetrics,
    onError: ({ error }) => {
      logger.error('failed', { cause: error as Error });
      if (isKmsFailure(error) || isKmsFailure(error?.cause)) {
        metrics.addMetric('KmsFailures', MetricUnit.Count, 1);
      }
      publishMetrics();
    },
  };
}

function publishMetrics(): void {
  for (const { milliseconds, retries, lost } of takeDatabaseCalls()) {
    metrics.addMetric('DatabaseCallDuration', MetricUnit.Milliseconds, milliseconds);
    metrics.addMetric('DatabaseRetries', MetricUnit.Count, retries);
    metrics.addMetric('DatabaseUnavailable', MetricUnit.Count, Number(lost));
  }
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
}

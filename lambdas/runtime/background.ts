import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { beginInvocation } from './invocation.ts';
import { logger } from './logger.ts';
import { metrics } from './metrics.ts';

/** What surrounds work that nobody waits for: notes the invocation, logs why it failed, and writes its metrics either way. */
export function background<Event, Result>(): MiddlewareObj<Event, Result, Error, Context> {
  return {
    before: ({ context }) => {
      beginInvocation(context);
      logger.resetKeys();
      logger.appendKeys({ invocation_id: context.awsRequestId });
    },
    after: publishMetrics,
    onError: ({ error }) => {
      logger.error('failed', { cause: error as Error });
      publishMetrics();
    },
  };
}

function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
}

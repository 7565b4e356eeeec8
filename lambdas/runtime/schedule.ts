import middy, { type MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { beginInvocation } from './invocation.ts';
import { logger } from './logger.ts';
import { metrics } from './metrics.ts';

const scheduledEvent = z.object({
  /** The moment that it was due: the same again when it is tried again. */
  scheduledTime: z.iso.datetime({ offset: true }),
  /** The schedule's name. */
  name: z.string().min(1),
});
export type ScheduledEvent = z.output<typeof scheduledEvent>;

/**
 * Makes the Lambda handler of a schedule. It logs one line with what the work answers, and writes its metrics, also when it fails;
 * the error is thrown, so that the schedule tries again and the function's alarm sees it.
 */
export function schedule<Result extends object>(work: (event: ScheduledEvent) => Promise<Result>) {
  return middy<unknown, Result, Error, Context>()
    .use(invocation)
    .handler(input => {
      const event = scheduledEvent.parse(input);
      logger.appendKeys({ schedule: event.name, scheduled_time: event.scheduledTime });
      return work(event);
    });
}

const invocation: MiddlewareObj<unknown, object, Error, Context> = {
  before: ({ context }) => {
    beginInvocation(context);
    logger.resetKeys();
    logger.appendKeys({ invocation_id: context.awsRequestId });
  },
  after: ({ response }) => {
    logger.info('done', { ...response });
    publishMetrics();
  },
  onError: ({ error }) => {
    logger.error('failed', { cause: error as Error });
    publishMetrics();
  },
};

function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
}

import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { beginInvocation } from './invocation.ts';
import { logger } from './logger.ts';
import { metrics } from './metrics.ts';

const scheduleEvent = z.object({ scheduledTime: z.string(), name: z.string() });

/** Makes the Lambda handler of a schedule. It notes the result in one line of log; what is thrown, the scheduler tries again. */
export function schedule<Result>(work: (event: z.output<typeof scheduleEvent>) => Promise<Result>) {
  return async (input: unknown, context: Context): Promise<Result> => {
    beginInvocation(context);
    const event = scheduleEvent.parse(input);
    try {
      const result = await work(event);
      logger.info('ran', { schedule: event.name, result });
      return result;
    } finally {
      metrics.publishStoredMetrics();
    }
  };
}

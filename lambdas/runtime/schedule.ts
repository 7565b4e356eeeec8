import type { Context } from 'aws-lambda';
import { beginInvocation } from './invocation.ts';
import { logger } from './logger.ts';

/** What a schedule sends: when it was to run, and which one it is. */
interface ScheduledEvent {
  scheduledTime: string;
  name: string;
}

/** Makes the Lambda handler of a schedule: one line of log with what the work came to; an error is thrown. */
export function schedule<Result extends object>(work: (event: ScheduledEvent) => Promise<Result>) {
  return async (event: ScheduledEvent, context: Context): Promise<Result> => {
    beginInvocation(context);
    const result = await work(event);
    logger.info('worked', { schedule: event.name, ...result });
    return result;
  };
}

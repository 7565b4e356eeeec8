import middy from '@middy/core';
import * as z from 'zod';
import { background } from './background.ts';
import { logger } from './logger.ts';

const scheduledEvent = z.object({
  /** The moment that it was due: the same again when it is tried again. */
  scheduledTime: z.iso.datetime({ offset: true }),
  /** The schedule's name. */
  name: z.string().min(1),
  /** The day to work on, where somebody has named one by hand. */
  date: z.iso.date().optional(),
});
export type ScheduledEvent = z.output<typeof scheduledEvent>;

/**
 * Makes the Lambda handler of a schedule. It logs one line with what the work answers, and writes its metrics, also when it fails;
 * the error is thrown, so that the schedule tries again and the function's alarm sees it.
 */
export function schedule<Result extends object>(work: (event: ScheduledEvent) => Promise<Result>) {
  return middy<unknown, Result>()
    .use(background<unknown, Result>())
    .handler(async input => {
      const event = scheduledEvent.parse(input);
      logger.appendKeys({ schedule: event.name, scheduled_time: event.scheduledTime });
      const result = await work(event);
      const told: object = result;
      logger.info('done', { ...told });
      return result;
    });
}

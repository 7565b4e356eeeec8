import { embeddedMetrics } from './embedded-metrics.ts';
import { logger } from './logger.ts';

/**
 * Tells that events were not sent after their commit, and why if it was tried, in a line that carries its metric. They wait for the relay.
 */
export function reportUnsent(count: number, cause?: unknown): void {
  const told = { events: count, ...embeddedMetrics([{ metrics: { EventSendFailed: count } }]) };
  if (cause === undefined) {
    logger.info('events left to the relay', told);
  } else {
    logger.warn('events not sent', { ...told, cause: cause as Error });
  }
}

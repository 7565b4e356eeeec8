import * as z from 'zod';
import type { EventFindings, EventProcessing, ProcessedEvents } from '../adapters/event-processing.ts';
import { BankError } from '../domain/errors.ts';
import type { EventType } from '../domain/events.ts';
import { id } from '../domain/fields.ts';
import { type GeoIp, locate } from '../domain/fraud/locate.ts';
import { review } from '../domain/fraud/review.ts';
import { countRuleErrors, measuredData } from '../runtime/event-metrics.ts';
import type { Outcome } from '../runtime/queue.ts';

/** What is read of a message. Only the id is relied on; the rest saves a call, and tells log and metrics what this is about. */
export const eventMessage = z.object({
  id,
  type: z.string().optional().catch(undefined),
  aggregate_id: z.string().optional().catch(undefined),
  data: measuredData.optional().catch(undefined),
  context: z
    .object({ request_id: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type EventMessage = z.output<typeof eventMessage>;

/** The one type that is reviewed. */
const reviewed: EventType = 'TransactionPosted';

export interface EventWork {
  events: EventProcessing;
  geo: GeoIp;
  /** Hears how many notifications were written, once they are committed. */
  notify(count: number): Promise<void>;
}

/**
 * Processes the events of a batch, together if that works. If something is wrong with one of them, halves of the batch are tried, and
 * halves of those, until it alone has failed.
 *
 * @throws BankError UNAVAILABLE if the database can't be reached: no event's fault.
 */
export async function workOnEvents(messages: readonly EventMessage[], work: EventWork): Promise<Outcome[]> {
  try {
    return await workTogether(messages, work);
  } catch (error) {
    if (error instanceof BankError || !(error instanceof Error)) {
      throw error;
    }
    if (messages.length === 1) {
      return [error];
    }
    const half = Math.ceil(messages.length / 2);
    return [
      ...(await workOnEvents(messages.slice(0, half), work)),
      ...(await workOnEvents(messages.slice(half), work)),
    ];
  }
}

async function workTogether(messages: readonly EventMessage[], { events, geo, notify }: EventWork): Promise<Outcome[]> {
  const ids = [...new Set(messages.map(message => message.id))];
  const isReviewed = messages.some(({ type }) => type === reviewed);
  const first = await events.processEvents(ids, isReviewed ? await findingsOf(ids, events, geo) : null);
  // A message that said it was about something else: the database knows better.
  const { unreviewed } = first;
  const second =
    unreviewed.length === 0
      ? nothing
      : await events.processEvents(unreviewed, await findingsOf(unreviewed, events, geo));
  const notifications = first.notifications + second.notifications;
  if (notifications > 0) {
    await notify(notifications);
  }
  const processed = new Set([...first.processed, ...second.processed]);
  const unknown = new Set([...first.unknown, ...second.unknown]);
  return messages.map(message => {
    if (unknown.has(message.id)) return new Error('There is no such event');
    return processed.has(message.id) ? 'processed' : 'skipped';
  });
}

const nothing: ProcessedEvents = { processed: [], skipped: [], unreviewed: [], unknown: [], notifications: 0 };

/** Asks the rules of the review about the posted transactions among the events. */
async function findingsOf(ids: readonly string[], events: EventProcessing, geo: GeoIp): Promise<EventFindings[]> {
  const { rules, transactions } = await events.readReviewFeatures(ids);
  const located = await Promise.all(transactions.map(features => locate(features, geo)));
  const reviews = located.map(features => ({ event_id: features.event_id, findings: review(features, rules) }));
  countRuleErrors(reviews.flatMap(({ findings }) => findings));
  return reviews;
}

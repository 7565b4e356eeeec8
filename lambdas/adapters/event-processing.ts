import * as z from 'zod';
import { id } from '../domain/fields.ts';
import { type ReviewFeatures, type RuleDefinition, reviewFeatures, ruleDefinition } from '../domain/fraud/features.ts';
import type { RuleFinding } from '../domain/fraud/rule.ts';
import type { Database } from './database.ts';

/** What the rules of the review found in the transaction of an event. */
export interface EventFindings {
  event_id: string;
  findings: RuleFinding[];
}

const ids = z.array(id);
const processedEvents = z.object({
  processed: ids,
  /** Processed before. */
  skipped: ids,
  /** Posted transactions, left as they are as the review was not asked. */
  unreviewed: ids,
  /** There is no such event, or not yet. */
  unknown: ids,
  /** How many notifications were written. */
  notifications: z.int(),
});
export type ProcessedEvents = z.output<typeof processedEvents>;

/** What is done about events, for the worker. Each call is one Data API call, and may be repeated. */
export interface EventProcessing {
  /** What the review looks at, for the posted transactions among the events. */
  readReviewFeatures(eventIds: readonly string[]): Promise<{ rules: RuleDefinition[]; transactions: ReviewFeatures[] }>;
  /** Does all that follows from the events, or, if one of them can't be processed, nothing. No findings: the review was not asked. */
  processEvents(eventIds: readonly string[], findings: readonly EventFindings[] | null): Promise<ProcessedEvents>;
}

const features = z.object({ rules: z.array(ruleDefinition), transactions: z.array(reviewFeatures) });

/** The events in the database. */
export function createEventProcessing(database: Database): EventProcessing {
  return {
    readReviewFeatures: eventIds =>
      database.query({
        sql: 'select bank.read_review_features(:event_ids::jsonb)',
        parameters: { event_ids: JSON.stringify(eventIds) },
        answer: features,
      }),
    processEvents: (eventIds, findings) =>
      database.query({
        sql: 'select bank.process_events(:event_ids::jsonb, :findings::jsonb)',
        parameters: { event_ids: JSON.stringify(eventIds), findings: findings && JSON.stringify(findings) },
        answer: processedEvents,
      }),
  };
}

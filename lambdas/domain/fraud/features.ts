import * as z from 'zod';
import { id } from '../fields.ts';

/** A rule of the review and the parameters that staff have set. */
export const ruleDefinition = z.object({ rule: z.string(), parameters: z.record(z.string(), z.unknown()) });
export type RuleDefinition = z.output<typeof ruleDefinition>;

/** What the rules of the review look at, for one posted transaction. */
export const reviewFeatures = z.looseObject({ event_id: id, transaction_id: id });
export type ReviewFeatures = z.output<typeof reviewFeatures>;

import * as z from 'zod';
import { id } from '../fields.ts';

/** A rule of the review and the parameters that staff have set. */
export const ruleDefinition = z.object({ rule: z.string(), parameters: z.record(z.string(), z.unknown()) });
export type RuleDefinition = z.output<typeof ruleDefinition>;

/** What the rules of the review look at, for one posted transaction. */
export const reviewFeatures = z.looseObject({ event_id: id, transaction_id: id });
export type ReviewFeatures = z.output<typeof reviewFeatures>;

/** Where an address is, as far as anybody knows. */
export interface Place {
  latitude: number;
  longitude: number;
}

/** What the rules are given: the features, and where it happened. */
export type LocatedFeatures = ReviewFeatures & { places: { here: Place | null; before: Place | null; known: Place[] } };

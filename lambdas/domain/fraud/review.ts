import type { ReviewFeatures, RuleDefinition } from './features.ts';

/** What a rule made of a transaction. One that could not answer says so in `error`. */
export interface RuleFinding {
  rule: string;
  score: number;
  error?: string;
}

/** What the rules of the review find in a posted transaction. There are none yet. */
export function review(_features: ReviewFeatures, _definitions: readonly RuleDefinition[]): RuleFinding[] {
  return [];
}

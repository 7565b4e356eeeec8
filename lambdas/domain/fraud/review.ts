import type { LocatedFeatures, RuleDefinition } from './features.ts';
import type { RuleFinding } from './rule.ts';

/** What the rules of the review find in a posted transaction. There are none yet. */
export function review(_features: LocatedFeatures, _definitions: readonly RuleDefinition[]): RuleFinding[] {
  return [];
}

import * as z from 'zod';
import type { LocatedFeatures, RuleDefinition } from './features.ts';
import type { RuleFinding } from './rule.ts';
import { reviewRules } from './rules.ts';

/**
 * What the rules that are switched on make of a payment: a finding of each that has something to say. One that cannot answer becomes a
 * finding with an error, and so does a row without a rule: nobody should take its silence for a good sign.
 */
export function review(features: LocatedFeatures, definitions: readonly RuleDefinition[]): RuleFinding[] {
  return definitions.flatMap(({ rule: name, parameters }) => {
    try {
      const rule = reviewRules.find(candidate => candidate.name === name);
      if (!rule) {
        throw new Error('there is no such rule');
      }
      return rule.judge(features, parameters) ?? [];
    } catch (error) {
      return { rule: name, score: 0, error: reasonOf(error) };
    }
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    return `parameters: ${error.issues.map(issue => [...issue.path, issue.message].join(' ')).join('; ')}`;
  }
  return error instanceof Error ? error.message : String(error);
}

import * as z from 'zod';
import type { LocatedFeatures } from './features.ts';

/** What a rule saw in a payment, for the analyst who reads its alert. */
export type Sighting = Readonly<Record<string, string | number | null>>;

/** A rule's word on a payment: its points and what it saw, or why it could not answer. */
export type RuleFinding = { rule: string; score: number; error?: string } & Sighting;

/** A rule of the review, as it stands in the list in `rules.ts`. */
export interface ReviewRule {
  /** As in its row of `bank.fraud_rules`. */
  readonly name: string;
  /** The form of its row's parameters. */
  readonly parameters: z.ZodType;
  /**
   * @returns undefined where there is nothing to say.
   * @throws when the parameters are not of their form, or the features cannot be judged.
   */
  judge(features: LocatedFeatures, parameters: unknown): RuleFinding | undefined;
}

/** Makes a rule of what it looks for: parameters are parsed first, and whatever it sees is worth the row's `score`. */
export function reviewRule<Parameters extends z.ZodType<{ score: number }>>(rule: {
  name: string;
  parameters: Parameters;
  sees(features: LocatedFeatures, parameters: z.output<Parameters>): Sighting | undefined;
}): ReviewRule {
  const { name, parameters, sees } = rule;
  return {
    name,
    parameters,
    judge(features, row) {
      const parsed = parameters.parse(row);
      const sighting = sees(features, parsed);
      return sighting && { ...sighting, rule: name, score: parsed.score };
    },
  };
}

/** What a finding is worth. */
export const score = z.int().min(1).max(100);

/** How far back a rule looks, in hours: no further than the lists among the features go. */
export const hours = z.int().min(1).max(72);

/** An amount of money or a share of one, as a decimal text: never a number, of which JSON would make a float. */
export const decimal = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})(\.\d{1,4})?$/, { error: 'must be a decimal text such as "0.8"' });

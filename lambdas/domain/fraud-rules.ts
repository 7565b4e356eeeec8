import * as z from 'zod';
import { timestamp } from './fields.ts';

/** A fraud rule as it is kept: a rule of the GATE may stop a transfer, one of the REVIEW looks at it afterwards. */
export const fraudRule = z.object({
  rule: z.string(),
  phase: z.enum(['GATE', 'REVIEW']),
  enabled: z.boolean(),
  parameters: z.record(z.string(), z.union([z.number(), z.string()])),
  version: z.int(),
  updated_at: timestamp,
});

/** All fraud rules and what holds for all of them: where the bank's nights are, and from which score on what is done. */
export const fraudRules = z.object({
  version: z.int(),
  settings: z.object({
    time_zone: z.string(),
    time_zone_by_hand: z.boolean(),
    monitor_from: z.int(),
    review_from: z.int(),
    block_from: z.int(),
    alert_from: z.int(),
  }),
  rules: z.array(fraudRule),
  updated_at: timestamp,
});

export type FraudRules = z.output<typeof fraudRules>;

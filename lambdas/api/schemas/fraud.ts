import { isLosslessNumber } from 'lossless-json';
import * as z from 'zod';
import { id } from '../../domain/fields.ts';
import { alertOutcomes, alertStatuses, fraudAlert, fraudCase, triggeredRule } from '../../domain/fraud-alert.ts';
import { fraudRule, fraudRules } from '../../domain/fraud-rules.ts';
import { moment, page, plainText, reason, wholeNumber } from './parts.ts';

export { fraudAlert, fraudCase, fraudRule, fraudRules, triggeredRule };

const ruleName = z.string().regex(/^[A-Z_]{1,50}$/, { error: 'must be the name of a fraud rule such as "VELOCITY"' });

/** A score from which on something is done. */
const threshold = wholeNumber(1, 100).optional();

const settings = z
  .strictObject({
    time_zone: z
      .string()
      .regex(/^[A-Za-z0-9_+/-]{1,64}$/, { error: 'must be a time zone such as "America/New_York"' })
      .optional(),
    monitor_from: threshold,
    review_from: threshold,
    block_from: threshold,
    alert_from: threshold,
  })
  .refine(changes => Object.values(changes).some(value => value !== undefined), {
    error: 'must change at least one of time_zone, monitor_from, review_from, block_from, alert_from',
  });

/** Which parameters a rule has, and within which bounds, SQL knows: they are rows. */
const parameter = z.preprocess(
  (value: number | string) => (isLosslessNumber(value) ? Number(value.toString()) : value),
  z.union([z.int().min(0), z.string().regex(/^\d{1,15}(\.\d{1,6})?$/)], {
    error: 'must be a whole number, or a decimal string such as "0.8", and not negative',
  }),
);

export const fraudRuleChange = z
  .strictObject({
    rule: ruleName,
    enabled: z.boolean({ error: 'must be true or false' }).optional(),
    parameters: z
      .record(z.string().regex(/^[a-z_]{1,50}$/, { error: 'must be the name of a parameter' }), parameter)
      .optional(),
  })
  .refine(change => change.enabled !== undefined || change.parameters !== undefined, {
    error: 'must change at least one of enabled, parameters',
  });

export const setFraudRulesRequest = z
  .strictObject({ settings: settings.optional(), rules: z.array(fraudRuleChange).min(1).max(50).optional(), reason })
  .refine(body => body.settings !== undefined || body.rules !== undefined, {
    error: 'must change at least one of settings, rules',
  })
  .refine(({ rules = [] }) => new Set(rules.map(({ rule }) => rule)).size === rules.length, {
    path: ['rules'],
    error: 'must name each rule once',
  });

export const fraudAlertsQuery = z.strictObject({
  status: z.enum(alertStatuses, { error: `must be one of ${alertStatuses.join(', ')}` }).optional(),
  account_id: id.optional(),
  customer_id: id.optional(),
  outcome: z.enum(alertOutcomes, { error: `must be one of ${alertOutcomes.join(', ')}` }).optional(),
  alert_type: ruleName.optional(),
  min_score: z
    .string()
    .regex(/^(\d{1,2}|100)$/, { error: 'must be a whole number from 0 to 100' })
    .transform(Number)
    .optional(),
  from: moment.optional(),
  to: moment.optional(),
  ...page,
});

export const fraudAlertsPage = z.object({ alerts: z.array(fraudAlert), next_cursor: z.string().nullable() });

export const assignFraudAlertRequest = z.strictObject({ investigator: id.optional() });

export const resolveFraudAlertRequest = z.strictObject({
  resolution: z.enum(['RESOLVED', 'FALSE_POSITIVE'], { error: 'must be RESOLVED or FALSE_POSITIVE' }),
  notes: plainText(2000).trim().min(3, { error: 'must be notes of at least 3 characters' }),
});

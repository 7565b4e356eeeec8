import * as z from 'zod';
import { fraudAlert, triggeredRule } from '../fraud-alert.ts';
import { fraudRule, fraudRules } from '../fraud-rules.ts';
import { change, event } from './event.ts';

const score = z.int().min(0).max(100);

/** What the rules of the gate thought of a transfer, in the events about it. */
export const verdict = z
  .strictObject({
    score,
    outcome: z.enum(['APPROVE', ...fraudAlert.shape.outcome.options]),
    rules: z.array(triggeredRule).describe('Those that had something to say'),
    allowed: z.literal(true).optional().describe('It passed: staff had called the same transfer a false alarm'),
  })
  .describe('What the fraud rules thought of a transfer before it moved; absent where they were not asked');

const { transaction_id, account_id, customer_id, alert_type, outcome, version } = fraudAlert.shape;
const alertFields = z.strictObject(fraudAlert.shape).partial();

/** What staff did about an alert. Why is in its notes. */
const alertChange = change(alertFields).omit({ reason: true }).extend({ transaction_id, account_id, customer_id });

const { enabled, parameters } = fraudRule.shape;

/** The settings and the rules that changed, each rule under its name. */
const rulesFields = z
  .strictObject({ ...fraudRules.shape.settings.shape, version: fraudRules.shape.version })
  .partial()
  .catchall(z.strictObject({ enabled, parameters, version: fraudRule.shape.version }));

/** What happens in the bank's defence against fraud. */
export const fraudEvents = {
  FraudAlertRaised: event(
    'fraud_alert',
    'A transaction looked suspicious: its alert was opened, or more was found about it.',
    z.strictObject({
      transaction_id,
      account_id,
      alert_type: alert_type.describe('The rule that scored highest'),
      risk_score: score,
      outcome,
      rules: z.array(z.string()),
      version: version.describe("The alert's"),
    }),
  ),
  FraudAlertAssigned: event('fraud_alert', 'An alert was given to an investigator.', alertChange),
  FraudAlertResolved: event('fraud_alert', 'An alert was closed: fraud, or a false alarm.', alertChange),
  FraudRulesChanged: event('fraud_rules', 'Staff changed the fraud rules.', change(rulesFields)),
};

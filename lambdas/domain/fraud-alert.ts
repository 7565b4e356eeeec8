import * as z from 'zod';
import { account } from './account.ts';
import { id, timestamp } from './fields.ts';
import { transaction } from './transaction.ts';

/** How far an alert has come. RESOLVED and FALSE_POSITIVE are its ends. */
export const alertStatuses = ['OPEN', 'INVESTIGATING', 'RESOLVED', 'FALSE_POSITIVE'] as const;

/** What the rules wanted done about a transaction that has an alert. */
export const alertOutcomes = ['MONITOR', 'FLAG_FOR_REVIEW', 'BLOCK_PENDING_REVIEW', 'BLOCK_AND_ALERT'] as const;

/** A rule that had something to say of a transaction, with its score and what it saw. */
export const triggeredRule = z.looseObject({ rule: z.string(), score: z.int() });

/** An alert, as the database answers it and staff read it. */
export const fraudAlert = z.object({
  id,
  transaction_id: id,
  account_id: id,
  customer_id: id,
  alert_type: z.string(),
  risk_score: z.int(),
  outcome: z.enum(alertOutcomes),
  rules_triggered: z.array(triggeredRule),
  status: z.enum(alertStatuses),
  investigator: id.nullable(),
  resolution_notes: z.string().nullable(),
  allowed_until: timestamp.nullable(),
  version: z.int(),
  created_at: timestamp,
  updated_at: timestamp,
  resolved_at: timestamp.nullable(),
});

export type FraudAlert = z.output<typeof fraudAlert>;

/** An alert with what an investigator wants to see beside it. */
export const fraudCase = z.object({
  alert: fraudAlert,
  transaction,
  account,
  before: z.array(transaction),
  after: z.array(transaction),
  earlier_alerts: z.array(fraudAlert),
});

export type FraudCase = z.output<typeof fraudCase>;

import * as z from 'zod';
import { id, timestamp } from './fields.ts';

/** What a run compares. */
const reconciliationChecks = [
  'balance',
  'posting_chain',
  'transaction',
  'trial_balance',
  'holds',
  'statements',
  'internal_checkpoint',
  'interest',
  'outbox',
] as const;

/** One thing that does not agree, and what is wrong with it. */
export const finding = z.object({
  check: z.enum(reconciliationChecks),
  about_type: z.enum(['account', 'transaction', 'currency', 'internal_account', 'job', 'event']),
  /** An id, the code of a currency, or the name of a job. */
  about_id: z.string(),
  detail: z.string(),
});
export type Finding = z.output<typeof finding>;

/** How much a run compared, and how much of it did not agree. */
export const reconciliationSummary = z.object({
  id,
  started_at: timestamp,
  finished_at: timestamp,
  accounts: z.int(),
  transactions: z.int(),
  postings: z.int(),
  differences: z.int(),
  outcome: z.enum(['CLEAN', 'DIFFERENT']),
});
export type ReconciliationSummary = z.output<typeof reconciliationSummary>;

/** A run with the first of what it found. */
export const reconciliation = reconciliationSummary.extend({ findings: z.array(finding) });
export type Reconciliation = z.output<typeof reconciliation>;

/** How many findings a report keeps; it counts them all. */
export const mostFindings = 100;

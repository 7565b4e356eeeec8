import * as z from 'zod';
import { id, timestamp } from '../fields.ts';
import { currencyCode, moneyText } from '../money.ts';

/** A rule of the review as its row says: switched on, with its parameters, which the rule itself parses. */
export const ruleDefinition = z.object({ rule: z.string(), parameters: z.record(z.string(), z.unknown()) });

export type RuleDefinition = z.output<typeof ruleDefinition>;

/**
 * What is known of a payment that happened, as it was at that moment (sql/functions/review_features.sql, which also says how far
 * back each list goes). Lists are newest first.
 */
export const reviewFeatures = z.object({
  event_id: id,
  transaction_id: id,
  transaction_type: z.enum(['TRANSFER', 'WITHDRAWAL', 'DEPOSIT']),
  from_account_id: id.nullable(),
  to_account_id: id.nullable(),
  amount: moneyText,
  currency: currencyCode,
  created_at: timestamp,
  between_own_accounts: z.boolean(),
  ip: z.string().nullable(),
  /** The last payment that the same person made; null where a payment is staff's or the bank's own doing. */
  previous_payment: z.object({ ip: z.string(), created_at: timestamp }).nullable(),
  /** Other addresses that the person has paid from, days ago; told only where this one is not that of the payment before. */
  known_addresses: z.array(z.string()),
  /** The customer's payments to others, or its cash deposits, whichever this one is. */
  recent_payments: z.array(z.object({ account_id: id, amount: moneyText, created_at: timestamp })),
  /** What others sent to the account that pays. */
  received: z.array(z.object({ sender: id, amount: moneyText, created_at: timestamp })),
  /** How many payments of others it got in the thirty days before those. */
  received_before: z.int(),
  /** When the account last paid anybody, or was opened; null where no money leaves a customer. */
  idle_since: timestamp.nullable(),
  usual_amount: moneyText.nullable(),
  first_payment: z.boolean(),
});

export type ReviewFeatures = z.output<typeof reviewFeatures>;

/** Where an address is, as far as anybody knows. */
export interface Place {
  latitude: number;
  longitude: number;
  /** How far off it may be; null where the data do not say. */
  accuracy_kilometres: number | null;
}

/**
 * Where this payment and the one before it were made, null where nobody knows, and where the person has paid from earlier; or why it could
 * not be looked up.
 */
export type Places = { here: Place | null; before: Place | null; known: Place[] } | { error: string };

/** What the rules are given. */
export interface LocatedFeatures extends ReviewFeatures {
  places: Places;
}

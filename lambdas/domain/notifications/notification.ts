import * as z from 'zod';
import { account } from '../account.ts';
import { id, timestamp } from '../fields.ts';
import { currencyCode, moneyText } from '../money.ts';
import { transaction } from '../transaction.ts';
import type { NotificationKind } from './kinds.ts';

/** An account as its owner recognises it, and nobody else. */
const accountHint = z.object({ account_type: account.shape.account_type, last4: z.string().regex(/^\d{4}$/) });

const payment = {
  account: accountHint,
  transaction_type: transaction.shape.transaction_type,
  transaction_ref: z.string().optional(),
  amount: moneyText,
  currency: currencyCode,
};

/** To whom a notification is mailed, as of now: kept nowhere, and never logged. With a change of address, to the one before it too. */
const recipient = z.object({ first_name: z.string(), emails: z.array(z.string()) });

/** A notification of a kind: what happened, in facts that anybody could read and do no harm with. */
function notificationOf<Kind extends NotificationKind, Facts extends z.ZodRawShape>(kind: Kind, facts: Facts) {
  return z.object({
    id,
    customer_id: id,
    kind: z.literal(kind),
    facts: z.object({ occurred_at: timestamp, ...facts }),
    /** Null for a customer that is no more. */
    recipient: recipient.nullable(),
    /** The bank's, by its IANA name. */
    time_zone: z.string(),
  });
}

/** A notification as the database hands it out to be sent. Facts that are not declared here are dropped. */
export const notification = z.discriminatedUnion('kind', [
  // Without an account, the customer is: whatever it asks is refused.
  notificationOf('account-frozen', { account: accountHint.optional() }),
  notificationOf('transfer-blocked', payment),
  notificationOf('large-debit', payment),
  notificationOf('profile-changed', {
    change: z.enum(['contact_details', 'identity_verified', 'identity_rejected']),
    fields: z.array(z.enum(['email', 'phone', 'address'])).default([]),
  }),
  notificationOf('account-changed', {
    change: z.enum(['opened', 'closed', 'unfrozen', 'terms_changed', 'limits_changed']),
    account: accountHint.optional(),
    terms: z.array(z.enum(['interest_rate', 'overdraft_limit'])).default([]),
  }),
]);

export type Notification = z.output<typeof notification>;

/** The facts of one kind. */
export type FactsOf<Kind extends NotificationKind> = Extract<Notification, { kind: Kind }>['facts'];

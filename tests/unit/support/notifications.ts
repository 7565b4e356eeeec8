import type { NotificationKind } from '../../../lambdas/domain/notifications/kinds.ts';
import { type Notification, notification } from '../../../lambdas/domain/notifications/notification.ts';
import { customerId } from './callers.ts';

export const notificationId = '018f2f3a-0000-7000-8000-00000000e001';

/** The topic of each kind. */
export const topics: Record<NotificationKind, string> = {
  'account-frozen': 'arn:frozen',
  'transfer-blocked': 'arn:blocked',
  'large-debit': 'arn:debit',
  'profile-changed': 'arn:profile',
  'account-changed': 'arn:account',
};

const account = { account_type: 'CHECKING', last4: '0017' };
const payment = {
  account,
  transaction_type: 'TRANSFER',
  transaction_ref: 'TXN20260203000000000042',
  amount: '1500.00',
  currency: 'USD',
};

/** The facts of each kind, as the database writes them. */
export const factsOf: Record<NotificationKind, Record<string, unknown>> = {
  'account-frozen': { account },
  'transfer-blocked': payment,
  'large-debit': payment,
  'profile-changed': { change: 'contact_details', fields: ['email', 'phone'], version: 2 },
  'account-changed': { change: 'opened', account },
};

/** A notification as the database hands it out, with the facts and other fields given. */
export function claimed(kind: NotificationKind, facts: object = {}, changes: object = {}): Record<string, unknown> {
  return {
    id: notificationId,
    customer_id: customerId,
    kind,
    facts: { occurred_at: '2026-02-03T09:05:06.123456+00:00', ...factsOf[kind], ...facts },
    recipient: { first_name: 'Ada', emails: ['ada@customers.example'] },
    time_zone: 'America/New_York',
    ...changes,
  };
}

/** The same, as it is sent. */
export function notificationWith(...parts: Parameters<typeof claimed>): Notification {
  return notification.parse(claimed(...parts));
}

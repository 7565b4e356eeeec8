/** What customers are told of. Each kind has an SNS topic of its own. */
export const notificationKinds = [
  'account-frozen',
  'transfer-blocked',
  'large-debit',
  'profile-changed',
  'account-changed',
] as const;

export type NotificationKind = (typeof notificationKinds)[number];

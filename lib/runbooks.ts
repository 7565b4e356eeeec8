/**
 * The runbooks of `docs/OPERATIONS.md` that alarms send people to, by the anchors of their headings. A test pairs the two lists, and
 * every alarm with one of them.
 */
export const runbooks = [
  'the-api-answers-5xx',
  'the-api-is-slow',
  'a-function-fails',
  'a-function-is-throttled',
  'a-function-runs-out-of-time',
  'a-deployment-is-rolled-back',
  'concurrency-near-the-limit',
  'scheduled-work-failed',
  'a-dead-letter-queue-is-not-empty',
  'a-queue-falls-behind',
  'outbox-lag',
  'notifications-are-given-up',
  'reconciliation-difference',
  'no-reconciliation',
  'an-interest-run-is-missing',
  'the-audit-is-not-sealed',
  'statements-are-not-made',
  'kms-key-disabled',
  'a-fraud-rule-fails',
  'the-data-api-fails',
  'the-database-is-at-its-capacity',
  'deadlock-spike',
  'connections-run-out',
  'a-reader-lags',
  'the-volume-fills-up',
  'transaction-ids-run-out',
] as const;
export type Runbook = (typeof runbooks)[number];

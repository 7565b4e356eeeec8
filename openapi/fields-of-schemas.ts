import { alert, auditLog, customer, hold, order, reconciliation, transaction } from './example-ids.ts';
import type { FieldNote } from './field-note.ts';

/** The fields that mean in one schema what they do not elsewhere, by the schema's name and their own. */
export const fieldsOfSchemas: Readonly<Record<string, FieldNote>> = {
  'Customer.id': { description: "The customer's id: the `sub` of its user in Cognito.", example: customer },
  'Transaction.id': { description: 'The id, made by the bank.', example: transaction },
  'FraudAlert.id': { description: 'The id, made by the bank.', example: alert },
  'Hold.id': { description: 'The id, made by the bank.', example: hold },
  'StandingOrder.id': { description: 'The id, made by the bank.', example: order },
  'StandingOrderWithRuns.id': { description: 'The id, made by the bank.', example: order },
  'AuditLog.id': { description: 'The id of the event that the row tells of.', example: auditLog },
  'Reconciliation.id': { description: 'The id of the run.', example: reconciliation },
  'ReconciliationSummary.id': { description: 'The id of the run.', example: reconciliation },
  'Reconciliation.accounts': { description: 'How many accounts were compared.', example: 4 },
  'Reconciliation.transactions': { description: 'How many transactions were compared.', example: 22 },
  'Reconciliation.outcome': { description: '`CLEAN` where everything agrees.', example: 'DIFFERENT' },
  'ReconciliationSummary.accounts': { description: 'How many accounts were compared.', example: 4 },
  'ReconciliationSummary.transactions': { description: 'How many transactions were compared.', example: 22 },
  'ReconciliationSummary.outcome': { description: '`CLEAN` where everything agrees.', example: 'DIFFERENT' },
  'SealHeader.id': { description: 'The id of a row of the audit.', example: auditLog },
  'Customer.address': {
    description: 'Where the customer lives, in the fields that it was given in.',
    example: { line1: '742 Evergreen Terrace', city: 'Springfield', state: 'IL', postal_code: '62704', country: 'US' },
  },
  'Balance.at': { description: 'The moment that was asked for.', example: '2026-03-01T09:30:00+00:00' },
  'Balance.available_balance': {
    description: 'What can be moved out: the balance and the overdraft limit; null at a moment of the past.',
    example: '350.00',
  },
  'SealHeader.count': { description: 'How many rows the seal has.', example: 2 },
  'StandingOrderRequest.end_date': {
    description: 'The last day on which it may be due, where it ends by a day and not by a `count`.',
    example: '2026-12-31',
  },
  'StatementHolder.address': {
    description: 'Where the holder lived then; null where the bank did not know.',
    example: { line1: '742 Evergreen Terrace', city: 'Springfield', state: 'IL', postal_code: '62704', country: 'US' },
  },
  'RevealedSsn.ssn': { description: 'Social security number in clear: its nine digits.', example: '123456789' },
  'Health.status': { description: 'Always `healthy`.', example: 'healthy' },
  'Transaction.status': { description: 'How far it has come.', example: 'COMPLETED' },
  'Receipt.status': { description: 'How far it has come.', example: 'COMPLETED' },
  'query.status': { description: 'In this status.', example: 'OPEN' },
  'Hold.status': { description: 'Whether it still counts, or how it ended.', example: 'OPEN' },
  'StandingOrderRun.status': {
    description: 'Whether the money moved, is tried again on the next day, or did not move.',
    example: 'PAID',
  },
  'FraudAlert.status': { description: 'How far it has come.', example: 'INVESTIGATING' },
  'StatementLine.amount': { description: 'What it added to the balance; below zero, what it took.', example: '-12.50' },
  'StatementLine.balance': { description: 'The balance after it.', example: '250.00' },
  'SealHeader.version': { description: "The version of the header's form.", example: 1 },
};

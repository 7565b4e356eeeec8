import type { Account } from '../../../lambdas/domain/account.ts';
import type { Customer } from '../../../lambdas/domain/customer.ts';
import type { FraudAlert, FraudCase } from '../../../lambdas/domain/fraud-alert.ts';
import type { FraudRules } from '../../../lambdas/domain/fraud-rules.ts';
import type { Transaction } from '../../../lambdas/domain/transaction.ts';
import { customerId } from './callers.ts';

export const accountId = '018f2f3a-0000-7000-8000-00000000a001';
export const otherAccountId = '018f2f3a-0000-7000-8000-00000000a002';
export const alertId = '018f2f3a-0000-7000-8000-00000000b001';
export const otherAlertId = '018f2f3a-0000-7000-8000-00000000b002';
export const transactionId = '018f2f3a-0000-7000-8000-00000000f001';

/** An account as the database answers it, with the changes given. */
export function accountWith(changes: Partial<Account> = {}): Account {
  return {
    id: accountId,
    account_number: '1000000017',
    customer_id: customerId,
    account_type: 'CHECKING',
    balance: '100.00',
    available_balance: '150.00',
    currency: 'USD',
    status: 'ACTIVE',
    interest_rate: '0.032500',
    overdraft_limit: '50.00',
    version: 7,
    created_at: '2026-01-02T03:04:05.123456+00:00',
    updated_at: '2026-02-03T04:05:06.123456+00:00',
    ...changes,
  };
}

/** A transfer as the database answers it, with the changes given. */
export function transactionWith(changes: Partial<Transaction> = {}): Transaction {
  return {
    id: transactionId,
    transaction_ref: 'TXN20260203000000000042',
    from_account_id: accountId,
    to_account_id: otherAccountId,
    transaction_type: 'TRANSFER',
    amount: '12.50',
    currency: 'USD',
    status: 'COMPLETED',
    failure_code: null,
    description: 'Rent',
    reverses_transaction_id: null,
    created_at: '2026-02-03T04:05:06.123456+00:00',
    completed_at: '2026-02-03T04:05:06.123456+00:00',
    ...changes,
  };
}

/** The transfer as it is recorded when the bank refuses it. */
export function refusedTransaction(code = 'INSUFFICIENT_FUNDS'): Transaction {
  return transactionWith({ status: 'FAILED', failure_code: code, completed_at: null });
}

/** A customer as the database answers it, with the changes given. */
export function customerWith(changes: Partial<Customer> = {}): Customer {
  return {
    id: customerId,
    first_name: 'Ada',
    last_name: 'Example',
    email: 'ada@customers.example',
    phone: '+12025550123',
    date_of_birth: '1990-02-28',
    address: { line1: '1 Test Street', city: 'Springfield', postal_code: '00000', country: 'US' },
    ssn_last4: '1120',
    kyc_verified: false,
    status: 'ACTIVE',
    version: 3,
    created_at: '2026-01-02T03:04:05.123456+00:00',
    updated_at: '2026-02-03T04:05:06.123456+00:00',
    ...changes,
  };
}

/** A fraud alert as the database answers it, with the changes given. */
export function alertWith(changes: Partial<FraudAlert> = {}): FraudAlert {
  return {
    id: alertId,
    transaction_id: transactionId,
    account_id: accountId,
    customer_id: customerId,
    alert_type: 'VELOCITY',
    risk_score: 80,
    outcome: 'BLOCK_PENDING_REVIEW',
    rules_triggered: [{ rule: 'VELOCITY', score: 80, movements: 12 }],
    status: 'OPEN',
    investigator: null,
    resolution_notes: null,
    allowed_until: null,
    version: 1,
    created_at: '2026-02-03T04:05:06.123456+00:00',
    updated_at: '2026-02-03T04:05:06.123456+00:00',
    resolved_at: null,
    ...changes,
  };
}

/** A case as the database answers it. */
export function caseWith(): FraudCase {
  return {
    alert: alertWith(),
    transaction: refusedTransaction('FRAUD_BLOCKED'),
    account: accountWith(),
    before: [transactionWith()],
    after: [],
    earlier_alerts: [alertWith({ id: otherAlertId })],
  };
}

/** The fraud rules as the database answers them, with the changes given. */
export function fraudRulesWith(changes: Partial<FraudRules> = {}): FraudRules {
  const settings = { monitor_from: 30, review_from: 50, block_from: 70, alert_from: 90 };
  return {
    version: 7,
    settings: { time_zone: 'UTC', time_zone_by_hand: false, ...settings },
    rules: [
      {
        rule: 'VELOCITY',
        phase: 'GATE',
        enabled: true,
        parameters: { window_minutes: 60, some: 5, some_score: 40, many: 10, many_score: 80 },
        version: 1,
        updated_at: '2026-02-03T04:05:06.123456+00:00',
      },
    ],
    updated_at: '2026-02-03T04:05:06.123456+00:00',
    ...changes,
  };
}

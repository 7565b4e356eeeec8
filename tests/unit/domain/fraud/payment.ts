import type { LocatedFeatures } from '../../../../lambdas/domain/fraud/features.ts';
import { review } from '../../../../lambdas/domain/fraud/review.ts';
import type { RuleFinding } from '../../../../lambdas/domain/fraud/rule.ts';

const now = '2026-03-10T12:00:00Z';
const source = '0e3f7a52-0000-4000-8000-000000000001';

const ordinary: LocatedFeatures = {
  event_id: '0e3f7a52-0000-4000-8000-0000000000e1',
  transaction_id: '0e3f7a52-0000-4000-8000-0000000000a1',
  transaction_type: 'TRANSFER',
  from_account_id: source,
  to_account_id: '0e3f7a52-0000-4000-8000-000000000002',
  amount: '25.00',
  currency: 'USD',
  created_at: now,
  between_own_accounts: false,
  ip: '198.51.100.7',
  previous_payment: null,
  known_addresses: [],
  recent_payments: [],
  received: [],
  received_before: 0,
  idle_since: hoursBefore(24),
  usual_amount: '40.00',
  first_payment: false,
  places: { here: null, before: null, known: [] },
};

/** A payment that is nothing out of the ordinary, but for what is told of it. */
export function payment(about: Partial<LocatedFeatures> = {}): LocatedFeatures {
  return { ...ordinary, ...about };
}

/** An instant so many hours before the payment. */
export function hoursBefore(hours: number): string {
  return new Date(Date.parse(now) - hours * 3_600_000).toISOString();
}

/** Earlier payments from the same account, or another, each an amount and how many hours before. */
export function earlier(...payments: [amount: string, hours: number, account?: string][]) {
  return payments.map(([amount, hours, account_id = source]) => ({
    account_id,
    amount,
    created_at: hoursBefore(hours),
  }));
}

/** What others sent: who, how much, and how many hours before. */
export function from(...payments: [sender: string, amount: string, hours: number][]) {
  return payments.map(([sender, amount, hours]) => ({ sender, amount, created_at: hoursBefore(hours) }));
}

/** What one rule finds in a payment. */
export function found(rule: string, parameters: object, about: Partial<LocatedFeatures>): RuleFinding | undefined {
  return review(payment(about), [{ rule, parameters: { ...parameters } }])[0];
}

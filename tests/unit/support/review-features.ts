import { eventId } from './bank-events.ts';

/** What the review reads of the transfer of an event: the first payment of a new customer. */
export function reviewFeaturesOf(eventIdOfIt: string) {
  return {
    event_id: eventIdOfIt,
    transaction_id: eventId(99),
    transaction_type: 'TRANSFER' as const,
    from_account_id: eventId(100),
    to_account_id: eventId(101),
    amount: '12.50',
    currency: 'USD',
    created_at: '2026-02-03T04:05:06.123456+00:00',
    between_own_accounts: false,
    ip: null,
    previous_payment: null,
    known_addresses: [],
    recent_payments: [],
    received: [],
    received_before: 0,
    idle_since: null,
    usual_amount: null,
    first_payment: true,
  };
}

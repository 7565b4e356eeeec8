import type { BankEvent } from '../../../lambdas/domain/events.ts';

/** The id of the nth event of the unit tests. */
export function eventId(n: number): string {
  return `018f2f3a-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** The nth event of the unit tests, as a call hands it on. */
export function bankEventOf(n: number, changes: Partial<BankEvent> = {}): BankEvent {
  return {
    id: eventId(n),
    type: 'TransactionPosted',
    version: 1,
    context: { request_id: `request-${n}`, ip: '192.0.2.7' },
    data: { amount: '12.50' },
    ...changes,
  };
}

/** The first so many events. */
export function bankEvents(count: number): BankEvent[] {
  return Array.from({ length: count }, (_, index) => bankEventOf(index));
}

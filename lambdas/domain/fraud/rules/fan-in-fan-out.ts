import * as z from 'zod';
import { isTimes, total } from '../amounts.ts';
import type { LocatedFeatures } from '../features.ts';
import { decimal, hours, reviewRule, score } from '../rule.ts';
import { within } from '../times.ts';

/** The span of `received_before`, and of the list of what was received since. */
const [hoursBefore, hoursSince] = [30 * 24, 72];

const parameters = z.strictObject({
  hours,
  /** So many others must have sent something. */
  least_senders: z.int().min(2).max(50),
  /** How many times as many payments must have come in as usually do: a shop gets them every day. */
  times_usual: z.number().positive(),
  /** Which share of what came in must have left again, with this payment. */
  passed_on: decimal,
  /** Which share of what came in this payment must be by itself: what is bought afterwards for little is not what it came for. */
  least_part: decimal,
  score,
});

/**
 * An account that suddenly collects from many and passes almost all of it on within hours: a mule's.
 *
 * Sources: FFIEC BSA/AML Examination Manual, Appendix F (many small incoming transfers, almost all of it sent on almost immediately, in a
 * manner inconsistent with the customer's history); FinCEN Advisory FIN-2020-A003 on money mule schemes.
 */
export const fanInFanOut = reviewRule({
  name: 'FAN_IN_FAN_OUT',
  parameters,
  sees(features, rule) {
    const { from_account_id, amount, created_at, between_own_accounts } = features;
    const received = within(features.received, rule.hours, created_at);
    const senders = new Set(received.map(payment => payment.sender)).size;
    if (between_own_accounts || senders < rule.least_senders) {
      return undefined;
    }
    const sent = within(features.recent_payments, rule.hours, created_at).filter(
      payment => payment.account_id === from_account_id,
    );
    const totals = {
      received: total(received.map(payment => payment.amount)),
      sent: total([amount, ...sent.map(payment => payment.amount)]),
    };
    const unusual = received.length >= rule.times_usual * usuallyReceived(features, rule.hours, received.length);
    const passedOn =
      isTimes(totals.sent, rule.passed_on, totals.received) && isTimes(amount, rule.least_part, totals.received);
    return unusual && passedOn ? { senders, ...totals } : undefined;
  },
});

/** How many payments came in on average over as many hours, before the last ones. */
function usuallyReceived(features: LocatedFeatures, hours: number, last: number): number {
  const earlier = features.received_before + features.received.length - last;
  return (earlier * hours) / (hoursBefore + hoursSince - hours);
}

import * as z from 'zod';
import { currencyCode } from '../../money.ts';
import { isTimes, total, units } from '../amounts.ts';
import { decimal, hours, reviewRule, score } from '../rule.ts';
import { within } from '../times.ts';

const parameters = z.strictObject({
  /** The currency in which the threshold is law; payments in others are not judged. */
  currency: currencyCode,
  /** The most that may move without a report. */
  threshold: decimal,
  /** From which share of the threshold on a payment is just under it. */
  share: decimal,
  hours,
  /** How many such payments make a pattern, this one included. */
  least_count: z.int().min(2).max(50),
  score,
});

/**
 * A sum above the reporting threshold, cut into payments that are each just under it: one customer's transfers and withdrawals, to
 * whomever, or its cash deposits.
 *
 * Sources: 31 CFR 1010.311 (a report for more than $10,000 in currency, so exactly $10,000 is still under it), 1010.313 (one person's
 * transactions of a day count together), 1010.314 and 1010.100(xx) (structuring: in any amount, on one or more days, in any manner);
 * FFIEC BSA/AML Examination Manual, Appendix G.
 */
export const structuring = reviewRule({
  name: 'STRUCTURING',
  parameters,
  sees({ amount, currency, created_at, between_own_accounts, recent_payments }, rule) {
    const justUnder = (text: string) =>
      units(text) <= units(rule.threshold) && isTimes(text, rule.share, rule.threshold);
    if (between_own_accounts || currency !== rule.currency || !justUnder(amount)) {
      return undefined;
    }
    const recent = within(recent_payments, rule.hours, created_at).map(payment => payment.amount);
    const amounts = [amount, ...recent.filter(justUnder)];
    return amounts.length < rule.least_count ? undefined : { payments: amounts.length, total: total(amounts) };
  },
});

import * as z from 'zod';
import { currencyCode } from '../../money.ts';
import { isTimes } from '../amounts.ts';
import { decimal, reviewRule, score } from '../rule.ts';
import { hoursBetween } from '../times.ts';

const parameters = z.strictObject({
  /** The currency of the amount; payments in others are not judged. */
  currency: currencyCode,
  /** For so long the account has paid nobody. */
  dormant_days: z.int().min(1),
  /** Less than this is nothing to lose sleep over. */
  least_amount: decimal,
  score,
});

/**
 * An account that has paid nobody for months, from which a considerable amount goes out: its owner does not look at it, and a thief
 * knows that. What moves between a customer's own accounts neither wakes it nor counts.
 *
 * Source: FFIEC BSA/AML Examination Manual, Appendix F (an account with little activity that suddenly has large deposits and
 * withdrawals).
 */
export const dormantAccount = reviewRule({
  name: 'DORMANT_ACCOUNT',
  parameters,
  sees({ amount, currency, created_at, between_own_accounts, idle_since }, rule) {
    if (between_own_accounts || idle_since === null || currency !== rule.currency) {
      return undefined;
    }
    const days = Math.floor(hoursBetween(idle_since, created_at) / 24);
    return days >= rule.dormant_days && isTimes(amount, '1', rule.least_amount) ? { days } : undefined;
  },
});

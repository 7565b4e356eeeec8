import * as z from 'zod';
import { currencyCode } from '../../money.ts';
import { isTimes } from '../amounts.ts';
import { decimal, reviewRule, score } from '../rule.ts';

const parameters = z.strictObject({
  /** The currency of the amount; payments in others are not judged. */
  currency: currencyCode,
  least_amount: decimal,
  /** How many times what the account usually pays. Below 1 the features do not tell whether a payment is a first one. */
  times_usual: decimal.refine(times => isTimes(times, '1', '1'), { error: 'must be at least 1' }),
  score,
});

/**
 * A large payment, by itself and by what the account usually pays, to somebody whom the customer has never paid: what somebody does who has
 * just got hold of the account, or of its owner's trust. An account that has paid nobody yet has nothing usual.
 *
 * Source: the "abnormal spending or behavioural pattern of the payer" of Delegated Regulation (EU) 2018/389, Art. 18(2)(c)(i).
 */
export const firstLargePayment = reviewRule({
  name: 'FIRST_LARGE_PAYMENT',
  parameters,
  sees({ amount, currency, first_payment, usual_amount }, rule) {
    const large = isTimes(amount, '1', rule.least_amount) && isTimes(amount, rule.times_usual, usual_amount ?? '0');
    return first_payment && large && currency === rule.currency ? { amount, usual_amount } : undefined;
  },
});
